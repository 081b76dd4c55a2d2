import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { startRollcall } from '../../infra/local/run-local.ts'
import { startSimulatedOrganization } from '../../infra/local/simulated-organization/server.ts'
import { integrationListSchema } from '../../shared/contracts/integration-contract.ts'
import { buildDashboard, installChromium } from './browser-tool.ts'
import type { Step } from './step.ts'
import { openPage, startBrowser } from './dashboard/browser.ts'

const MEMBERS = 10_000
const SYNC_WITHIN_MS = 300_000
const AT_MOST_MS = 150
const ROUNDS_AT_MOST = 3
const WORDS =
  'ada milo sami ivy rosa kelp larch nura pia oak cleo fir uma zeno edda yew ivo odin jana vetch alder quince'

/** How long it takes from a keystroke to painted rows among 10,000 members, in the browser's own time. */
export const dashboardSpeedStep: Step = {
  name: 'dashboard-speed',
  shows: `with 10,000 members, rows are painted within ${AT_MOST_MS} ms of a keystroke at the 95th percentile`,
  run: async (bench) => {
    const { say, folder, onEnd } = bench
    await installChromium(bench)
    await buildDashboard(bench)
    const openai = await startSimulatedOrganization({ members: MEMBERS })
    onEnd(() => openai.close())
    const rollcall = await startRollcall(
      {
        port: 0,
        dataDir: join(folder, 'data'),
        encryptionKey: undefined,
        tokens: undefined,
        syncIntervalSeconds: undefined,
        adminKey: openai.adminKey,
        baseUrl: openai.baseUrl,
        empty: false,
      },
      () => undefined,
    )
    onEnd(() => rollcall.close())
    const browser = await startBrowser()
    onEnd(() => browser.close())
    const response = await fetch(`${rollcall.url}/v1/integrations`)
    const [integration] = integrationListSchema.parse(await response.json()).items
    assert.ok(integration !== undefined)
    const { page, troubles } = await openPage(browser, {
      url: `${rollcall.url}/integrations/${integration.id}/members`,
    })
    await page.getByRole('cell').first().waitFor({ timeout: SYNC_WITHIN_MS })
    const rounds: number[] = []
    // A busy machine can spoil a round, and none can make one quicker than it is: of three the best counts.
    while (rounds.length < ROUNDS_AT_MOST && !rounds.some((p95) => p95 <= AT_MOST_MS)) {
      const times: number[] = []
      for (const word of WORDS.split(' ')) times.push(await millisecondsToRows(page, word))
      const ordered = times.toSorted((left, right) => left - right).map((ms) => Math.round(ms))
      const p95 = ordered[Math.ceil(ordered.length * 0.95) - 1] ?? Infinity
      say(`keystroke to painted rows: median ${ordered[Math.floor(ordered.length / 2)]} ms, 95th percentile ${p95} ms`)
      rounds.push(p95)
    }
    assert.deepEqual(troubles, [])
    assert.ok(Math.min(...rounds) <= AT_MOST_MS, `It took ${rounds.join(', ')} ms at the 95th percentile.`)
  },
}

/** Puts a word into the search field; from that event on, counts frame by frame until only rows that hold it are painted. */
async function millisecondsToRows(page: Page, word: string): Promise<number> {
  await page.waitForLoadState('networkidle')
  const field = page.getByLabel('Search')
  await field.evaluate((element, text) => {
    const { ownerDocument: document } = element
    const frame = () => new Promise((resolve) => document.defaultView?.requestAnimationFrame(resolve))
    const isShown = () => {
      const rows = [...document.querySelectorAll('[role=row]:has([role=cell])')]
      return rows.length > 0 && rows.every((row) => row.textContent.toLowerCase().includes(text))
    }
    const watch = async ({ timeStamp }: { timeStamp: number }) => {
      while (!isShown()) await frame()
      await frame()
      // A task that is queued in a frame runs when that frame has been painted.
      await new Promise((resolve) => setTimeout(resolve, 0))
      element.setAttribute(`data-painted-${text}`, String(performance.now() - timeStamp))
    }
    element.addEventListener('input', (event: { timeStamp: number }) => void watch(event), { once: true })
  }, word)
  await field.fill(word)
  await page.locator(`[data-painted-${word}]`).waitFor()
  return Number(await field.getAttribute(`data-painted-${word}`))
}
