import assert from 'node:assert/strict'
import { availableParallelism, getPriority, loadavg, setPriority } from 'node:os'
import type { Page } from 'playwright-core'
import { Company } from '../../infra/local/simulated-organization/company.ts'
import { startSimulatedOrganization } from '../../infra/local/simulated-organization/server.ts'
import { userListSchema } from '../../shared/contracts/data-contract.ts'
import { integrationListSchema } from '../../shared/contracts/integration-contract.ts'
import { addDays, dayOf } from '../../shared/domain/day.ts'
import { within } from './bounded.ts'
import { buildDashboard, installChromium } from './browser-tool.ts'
import type { Bench, Step } from './step.ts'
import { openPage, settled, startBenchBrowser } from './dashboard/browser.ts'
import { startLocalRollcall } from './dashboard/local-rollcall.ts'
import { readApi } from './dashboard/stage.ts'

const MEMBERS = 10_000
/** Of the days of somebody's usage. What a list costs depends on the people; reading and storing full months would only take long. */
const ACTIVE_DAYS = [1, 2, 8, 40]
const SYNC_WITHIN_MS = 300_000
const AT_MOST_MS = 150
const ROUNDS = 3
/** As `nice` counts: below 0 comes before what others run. */
const PRIORITY = -10
const ROUND_WITHIN_MS = 60_000
const WORDS =
  'ada milo sami ivy rosa kelp larch nura pia oak cleo fir uma zeno edda yew ivo odin jana vetch alder quince'

/** How long it takes from a keystroke to painted rows among 10,000 members, in the browser's own time. */
export const dashboardSpeedStep: Step = {
  name: 'dashboard-speed',
  shows: `with 10,000 members, rows are painted within ${AT_MOST_MS} ms of a keystroke at the 95th percentile`,
  run: async (bench) => {
    await installChromium(bench)
    await buildDashboard(bench)
    const { url, path } = await startLargeOrganization(bench)
    // Before the browser: what is started inherits it.
    raisePriority(bench)
    const browser = await startBenchBrowser(bench)
    const { page, troubles, close } = await openPage(browser, { url })
    const rounds: number[] = []
    while (rounds.length < ROUNDS) {
      // Loaded anew: what an earlier round asked the API must be asked again, not remembered.
      await page.goto(`${url}${path}/members`)
      await settled(page)
      const p95 = await within(ROUND_WITHIN_MS, 'A round of searches', measureRound(page, bench.say))
      rounds.push(p95)
    }
    assert.deepEqual(troubles, [])
    await close()
    const best = Math.min(...rounds)
    bench.say(
      `The best of ${ROUNDS} rounds counts, ${best} ms: what else the machine does can slow a round, and nothing can make one quicker than the product is.`,
    )
    assert.ok(best <= AT_MOST_MS, `It took ${rounds.join(', ')} ms at the 95th percentile.`)
  },
}

/** Lets what else the machine does count less, where that is allowed; says which it was. */
function raisePriority({ onEnd, say }: Bench): void {
  const before = getPriority()
  const [load = 0] = loadavg()
  const machine = `on ${availableParallelism()} cores with a load of ${load.toFixed(1)}`
  try {
    setPriority(PRIORITY)
    onEnd(async () => setPriority(before))
    say(`Measured at a raised priority, ${machine}`)
  } catch {
    say(`Measured at the usual priority, since a higher one is not allowed here, ${machine}`)
  }
}

/** Starts Rollcall with an organization of 10,000 people that has been synced. */
async function startLargeOrganization(bench: Bench): Promise<{ url: string; path: string }> {
  const now = new Date()
  const openai = await startSimulatedOrganization({ members: 1 })
  bench.onEnd(() => openai.close())
  const people = new Company({ seed: 'large', members: MEMBERS + 500 }).usersAt(now).slice(0, MEMBERS)
  openai.company.replaceAll(people)
  for (const [index, { id }] of people.entries()) {
    const tokens = { inputTokens: 900, cachedInputTokens: 100, outputTokens: 300 }
    for (const daysAgo of ACTIVE_DAYS) {
      const usage = { day: addDays(dayOf(now), -daysAgo), userId: id, model: 'gpt-5', requests: (index % 40) + 1 }
      openai.company.addUsage({ ...usage, ...tokens })
    }
  }
  const { url } = await startLocalRollcall(bench, openai, { connects: true })
  const api = readApi(url)
  const deadlineMs = Date.now() + SYNC_WITHIN_MS
  for (;;) {
    const [integration] = (await api(integrationListSchema, '/integrations')).items
    if (integration?.lastSync?.state === 'failed')
      assert.fail(`The sync failed: ${integration.lastSync.problem?.detail}`)
    if (integration?.lastSync?.state === 'succeeded') {
      const path = `/integrations/${integration.id}`
      const { total } = await api(userListSchema, `${path}/users?kind=any&accountStatus=any&limit=1`)
      bench.say(`Synced ${total.toLocaleString('en')} members, each with ${ACTIVE_DAYS.length} days of usage`)
      assert.equal(total, MEMBERS)
      return { url, path }
    }
    assert.ok(Date.now() < deadlineMs, 'The first sync did not end in time.')
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

/** Gives the 95th percentile of a round of searches, in ms. */
async function measureRound(page: Page, say: Bench['say']): Promise<number> {
  const asked = new Set<string | null>()
  page.on('request', (request) => asked.add(new URL(request.url()).searchParams.get('q')))
  const words = WORDS.split(' ')
  const times: number[] = []
  for (const word of words) times.push(await millisecondsToRows(page, word))
  assert.deepEqual(
    words.filter((word) => !asked.has(word)),
    [],
    'Rows were shown without asking the API.',
  )
  const ordered = times.toSorted((left, right) => left - right).map((ms) => Math.round(ms))
  const p95 = ordered[Math.ceil(ordered.length * 0.95) - 1] ?? Infinity
  const median = ordered[Math.floor(ordered.length / 2)]
  say(`keystroke to painted rows: median ${median} ms, 95th percentile ${p95} ms, slowest ${ordered.at(-1)} ms`)
  return p95
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
      element.setAttribute('data-painted', `${text} ${String(performance.now() - timeStamp)}`)
    }
    element.addEventListener('input', (event: { timeStamp: number }) => void watch(event), { once: true })
  }, word)
  await field.fill(word)
  await page.locator(`[data-painted^="${word} "]`).waitFor()
  const painted = await field.getAttribute('data-painted')
  return Number(painted?.split(' ')[1])
}
