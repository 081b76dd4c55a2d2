import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { Company } from '../../local/simulated-openai/company.ts'
import { startSimulatedOrganization } from '../../local/simulated-openai/server.ts'
import { userListSchema } from '../../shared/contracts/data-contract.ts'
import { integrationListSchema } from '../../shared/contracts/integration-contract.ts'
import { addDays, dayOf } from '../../shared/domain/day.ts'
import { spreadOf } from '../../tools/bench/figure.ts'
import { eventually } from './api-client.ts'
import { installChromium } from './browser-tool.ts'
import { showBareList } from './dashboard/bare-list.ts'
import { openPage, settled, startBenchBrowser } from './dashboard/browser.ts'
import { type Keystroke, SearchedPage } from './dashboard/keystrokes.ts'
import { startLocalRollcall } from './dashboard/local-rollcall.ts'
import { readApi } from './dashboard/stage.ts'
import type { Bench, Step } from './step.ts'

const MEMBERS = 10_000
/** Of the days of somebody's usage. What a list costs depends on the people; reading and storing full months would only take long. */
const ACTIVE_DAYS = [1, 2, 8, 40]
/** Processor time beside the baseline's, at the median. */
const RATIO_AT_MOST = 4
/** In sight at this height of a window, and some beyond each edge. */
const ROWS_AT_MOST = 40
const ROUNDS = 4
/** Parts of many people's names. */
const WORDS = 'ada milo sami ivy rosa kelp larch nura pia oak cleo fir uma zeno edda yew ivo odin jana vetch'.split(' ')

/** What a keystroke among 10,000 members costs: counted, and measured beside a bare page that asks and shows the same. */
export const dashboardSpeedStep: Step = {
  name: 'dashboard-speed',
  shows: `with 10,000 members, a keystroke asks once, draws the rows in sight, and takes at most ${RATIO_AT_MOST} times the processor time of a bare page`,
  run: async (bench) => {
    await installChromium(bench)
    const { url, path } = await startLargeOrganization(bench)
    const browser = await startBenchBrowser(bench)
    const members = `${url}${path}/members`
    const ours = await openPage(browser, { url: members })
    const asked = noteSearches(ours.page)
    await settled(ours.page)
    const list = await SearchedPage.of(ours.page)
    await list.search('an')
    // A page of the same origin, and in a window of its own: one that is hidden is not painted.
    const bare = await openPage(browser, { url: `${url}/config.json` })
    await showBareList(bare.page, { address: asked.last(), rowCount: await list.rows() })
    const pages = { ours: list, bare: await SearchedPage.of(bare.page) }
    const measured: Pair[] = []
    for (let round = 0; round <= ROUNDS; round += 1) {
      // What an earlier round asked must be asked again, not remembered.
      await ours.page.goto(members)
      await settled(ours.page)
      asked.forget()
      const { words, pairs } = await searchInTurn(pages, round)
      assert.deepEqual(asked.words(), words, 'The API was not asked once for each word.')
      const rows = await list.rows()
      assert.ok(rows <= ROWS_AT_MOST, `There are ${rows} rows in the document, not only those in sight.`)
      // The first round only warms up both pages.
      if (round > 0) measured.push(...pairs)
    }
    await asksAtOnce(ours.page)
    assert.deepEqual(ours.troubles, [])
    await ours.close()
    await bare.close()
    judge(measured, bench.say)
  },
}

/** Two that met the same neighbors on the machine. */
interface Pair {
  readonly ours: Keystroke
  readonly bare: Keystroke
}

/** What a page asks the API to find in the list. What else matches it asks afterward, of every account. */
function noteSearches(page: Page) {
  let addresses: string[] = []
  page.on('request', (request) => {
    const query = new URL(request.url()).searchParams
    if (query.has('q') && !query.has('accountStatus')) addresses.push(request.url())
  })
  return {
    last: () => addresses.at(-1) ?? '',
    words: () => addresses.map((address) => new URL(address).searchParams.get('q')),
    forget: () => {
      addresses = []
    },
  }
}

/**
 * Searches for half of the words in ours and for the other half in the bare page, in turn; in the next round the other way
 * around. Four frames lie between two strokes in one page: the dashboard joins only those that are closer.
 */
async function searchInTurn({ ours, bare }: { ours: SearchedPage; bare: SearchedPage }, round: number) {
  const words: string[] = []
  const pairs: Pair[] = []
  for (let place = 0; place < WORDS.length; place += 2) {
    const pair = WORDS.slice(place, place + 2)
    const [word = '', other = ''] = round % 2 === 0 ? pair : pair.toReversed()
    words.push(word)
    pairs.push({ ours: await ours.search(word), bare: await bare.search(other) })
  }
  return { words, pairs }
}

/** No timer stands between a keystroke and its question: the page's clock is stopped, and it is asked. */
async function asksAtOnce(page: Page): Promise<void> {
  await page.clock.install()
  await page.clock.pauseAt(Date.now() + 60_000)
  const asked = page.waitForRequest((request) => new URL(request.url()).searchParams.get('q') === 'an')
  await page.getByLabel('Search').fill('an')
  await asked
}

/** How long it takes by the clock is the machine's affair as much as the product's: that is told, and judged is the work. */
function judge(pairs: readonly Pair[], say: Bench['say']): void {
  const ours = pairs.map((pair) => pair.ours)
  const bare = pairs.map((pair) => pair.bare)
  say(`Keystroke to painted rows: ${clockInWords(ours)}; in a bare page ${clockInWords(bare)}`)
  const [oursMs, bareMs] = [ours, bare].map((keystrokes) => spreadOf(keystrokes.map(({ cpuMs }) => cpuMs)).median)
  const ratio = Number(oursMs) / Number(bareMs)
  say(
    `Processor time: median ${oursMs?.toFixed(0)} ms, ${ratio.toFixed(2)} times the bare page’s, at most ${RATIO_AT_MOST}`,
  )
  assert.ok(ratio <= RATIO_AT_MOST, 'A keystroke costs too much beside what a bare page takes.')
}

function clockInWords(keystrokes: readonly Keystroke[]): string {
  const ordered = keystrokes.map(({ ms }) => ms).toSorted((left, right) => left - right)
  const p95 = ordered[Math.ceil(ordered.length * 0.95) - 1] ?? Number.NaN
  return `median ${spreadOf(ordered).median.toFixed(0)} ms, 95th percentile ${p95.toFixed(0)} ms`
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
  const { id } = await eventually('the end of the first sync', async () => {
    const [integration] = (await api(integrationListSchema, '/integrations')).items
    const sync = integration?.lastSync
    assert.ok(sync?.state !== 'failed', `The sync failed: ${sync?.problem?.detail}`)
    return sync?.state === 'succeeded' ? integration : undefined
  })
  const path = `/integrations/${id}`
  const { total } = await api(userListSchema, `${path}/users?kind=any&accountStatus=any&limit=1`)
  bench.say(`Synced ${total.toLocaleString('en')} members, each with ${ACTIVE_DAYS.length} days of usage`)
  assert.equal(total, MEMBERS)
  return { url, path }
}
