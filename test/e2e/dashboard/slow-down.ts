import type { Page, Route } from 'playwright-core'
import { painted } from './browser.ts'

const API = '**/v1/**'

/** Calls of the API that are held back. */
export interface HeldCalls {
  /** Releases those that are held, and all that follow. */
  release(): void
  /** Holds back what is called from now on. */
  hold(): void
  /** Lets everything go, for good. */
  end(): Promise<void>
}

/** Holds every call of the API with this method back until it is released: what a page shows meanwhile can be looked at, however slow the machine. */
export async function holdBack(page: Page, method: string): Promise<HeldCalls> {
  let gate = Promise.withResolvers<void>()
  const end = await delay(page, method, () => gate.promise)
  const release = () => gate.resolve()
  return {
    release,
    hold: () => {
      gate = Promise.withResolvers()
    },
    end: () => {
      release()
      return end()
    },
  }
}

/** Has every call of the API with this method answered only after the page was painted without the answer. Gives what ends that. */
export function answerAfterPaint(page: Page, method: string): Promise<() => Promise<void>> {
  // A call that the next document makes while the page still leaves the one before ends the wait there: it begins again.
  return delay(page, method, () => painted(page).catch(() => painted(page)))
}

async function delay(page: Page, method: string, until: () => Promise<void>): Promise<() => Promise<void>> {
  const handle = async (route: Route) => {
    if (route.request().method() === method) await until()
    await route.fallback()
  }
  await page.route(API, handle)
  return () => page.unroute(API, handle)
}
