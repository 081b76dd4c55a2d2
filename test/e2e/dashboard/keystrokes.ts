import type { CDPSession, Page } from 'playwright-core'

const ROWS = '[role=row]:has([role=cell])'

/** What a word put into a search field led to, until only rows that hold the word were painted. */
export interface Keystroke {
  /** By the clock, from the input event on. */
  readonly ms: number
  /** How long the page's thread had a processor meanwhile: hardly more on a busy machine than on an idle one. */
  readonly cpuMs: number
}

/** A page with a search field and rows of people, whatever made it. */
export class SearchedPage {
  private readonly page: Page
  private readonly session: CDPSession

  static async of(page: Page): Promise<SearchedPage> {
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    return new SearchedPage(page, session)
  }

  private constructor(page: Page, session: CDPSession) {
    this.page = page
    this.session = session
  }

  /** How many rows of people the document holds. */
  rows(): Promise<number> {
    return this.page.locator(ROWS).count()
  }

  /** Puts a word into the search field and waits until only rows that hold it are painted. */
  async search(word: string): Promise<Keystroke> {
    const cpuBefore = await this.cpuSeconds()
    const field = this.page.locator('input[type=search]')
    await field.evaluate(
      (element, { word, rowsSelector }) => {
        const { ownerDocument: document } = element
        const frame = () => new Promise((resolve) => document.defaultView?.requestAnimationFrame(resolve))
        const isShown = () => {
          const rows = [...document.querySelectorAll(rowsSelector)]
          return rows.length > 0 && rows.every((row) => row.textContent.toLowerCase().includes(word))
        }
        const watch = async ({ timeStamp }: { timeStamp: number }) => {
          while (!isShown()) await frame()
          await frame()
          // A task that is queued in a frame runs when that frame has been painted.
          await new Promise((resolve) => setTimeout(resolve, 0))
          element.setAttribute('data-painted', `${word} ${String(performance.now() - timeStamp)}`)
        }
        element.addEventListener('input', (event: { timeStamp: number }) => void watch(event), { once: true })
      },
      { word, rowsSelector: ROWS },
    )
    await field.fill(word)
    await this.page.locator(`[data-painted^="${word} "]`).waitFor()
    const ms = (await field.getAttribute('data-painted'))?.split(' ')[1]
    const cpuMs = ((await this.cpuSeconds()) - cpuBefore) * 1000
    return { ms: Number(ms), cpuMs }
  }

  /** https://chromedevtools.github.io/devtools-protocol/tot/Performance/: of all tasks of the page's main thread so far. */
  private async cpuSeconds(): Promise<number> {
    const { metrics } = await this.session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
  }
}
