import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { checkKey } from '../../../shared/providers/check-key.ts'
import { openai } from '../../../shared/providers/openai/openai.ts'
import { rowsIn } from '../../builders.ts'
import { bucket, march, openOrganization, row } from './openai-bench.ts'
import { NOW, rejectionOf, startScriptedServer } from '../scripted-server.ts'

/*
 * “A refused future `end_time` is asked again with "now".” Without an `end_time`, a reply goes up to OpenAI's now.
 */

let server: Awaited<ReturnType<typeof startScriptedServer>>
beforeAll(async () => {
  server = await startScriptedServer()
})
afterAll(() => server.close())

const DAY_S = 86_400
const REFUSED = { status: 400, json: { error: { message: 'the end lies in the future', param: 'end_time' } } }
/** Today is 10 March 2026, noon. */
const WINDOW = { from: '2026-01-10', to: '2026-03-10' }

/** Refuses an end after its now; else answers the days asked for, each with one row, today cut at its now. */
function refusesFuture(url: URL, serverNow: Date = NOW) {
  const numberOf = (name: string) => Number(url.searchParams.get(name))
  const nowS = serverNow.getTime() / 1000
  if (url.pathname.endsWith('/users')) return { json: { data: [], has_more: false } }
  if (url.searchParams.has('end_time') && numberOf('end_time') > nowS) return REFUSED
  const end = url.searchParams.has('end_time') ? numberOf('end_time') : nowS
  const from = url.searchParams.has('page') ? numberOf('page') : numberOf('start_time')
  const to = Math.min(end, from + numberOf('limit') * DAY_S)
  const data = Array.from({ length: Math.ceil((to - from) / DAY_S) }, (_, index) => {
    const day = 1 + (from - march(1)) / DAY_S + index
    return bucket(day, [row()], { end_time: Math.min(march(day + 1), end) })
  })
  return { json: { data, has_more: to < end, next_page: to < end ? String(to) : null } }
}

function ends(): (string | null)[] {
  return server.requests.map(({ url }) => url.searchParams.get('end_time'))
}

test('A refused future end is asked again up to now, and nothing is lost', async () => {
  server.answers((url) => refusesFuture(url))
  const { rows, daysLeftOut } = await openOrganization(server.baseUrl).organization.series.usage.read(WINDOW)
  expect({ rows, daysLeftOut }).toEqual({ rows: 60, daysLeftOut: [] })
  const ofToday = server.requests.filter(({ url }) => url.searchParams.get('start_time') === String(march(-19)))
  expect(ofToday.map(({ url }) => url.searchParams.get('end_time'))).toEqual([String(march(11)), null])
  expect(server.requests).toHaveLength(3)
})

test('It is learned for the rest of the sync: no later reading asks for a future end', async () => {
  server.answers((url) => refusesFuture(url))
  const { organization } = openOrganization(server.baseUrl)
  await organization.series.usage.read(WINDOW)
  const asked = server.requests.length
  await organization.series.usage.read(WINDOW)
  expect(ends().slice(asked)).not.toContain(String(march(11)))
})

test('Pages of one sequence all end alike, as their tokens demand', async () => {
  server.answers((url) => refusesFuture(url))
  const window = { from: '2026-03-02', to: '2026-03-10' }
  const reading = await openOrganization(server.baseUrl).organization.series.usage.read(window, {
    expectedPeople: 20_000,
  })
  expect(reading.rows).toBe(9)
  expect(
    server.requests.slice(1).map(({ url }) => [url.searchParams.get('page'), url.searchParams.get('end_time')]),
  ).toEqual([
    [null, null],
    ['1772582400', null],
    ['1772755200', null],
    ['1772928000', null],
    ['1773100800', null],
  ])
})

test('A key is checked in the same way', async () => {
  server.answers((url) => refusesFuture(url))
  const check = await checkKey(openai, openOrganization(server.baseUrl).organization, NOW)
  expect(check).toMatchObject({ valid: true })
  expect(ends()).toContain(String(march(11)))
})

test('OpenAI’s clock counts: ours may be ahead of it', async () => {
  const serverNow = new Date(NOW.getTime() - 600_000)
  server.answers((url) => refusesFuture(url, serverNow))
  const reading = await openOrganization(server.baseUrl).organization.series.usage.read(WINDOW)
  expect(reading.rows).toBe(60)
})

test('When midnight passes while it is read, the day after the window is left aside', async () => {
  const options = { now: () => new Date('2026-03-10T23:59:59.000Z'), deadline: new Date('2026-03-11T00:10:00.000Z') }
  server.answers((url, index) => (index === 0 ? REFUSED : refusesFuture(url, new Date('2026-03-11T00:00:01.000Z'))))
  const window = { from: '2026-03-09', to: '2026-03-10' }
  const { rows, table } = await openOrganization(server.baseUrl, options).organization.series.usage.read(window)
  expect(rows).toBe(2)
  expect(rowsIn(table).map(({ day }) => day)).toEqual(['2026-03-09', '2026-03-10'])
})

test('A refusal of an end that has passed is no reason to ask for another', async () => {
  server.answers(() => REFUSED)
  const window = { from: '2026-03-01', to: '2026-03-05' }
  const error = await rejectionOf(openOrganization(server.baseUrl).organization.series.usage.read(window))
  expect(error).toMatchObject({ code: 'unexpected_reply', dataSet: 'usage' })
  expect(server.requests).toHaveLength(1)
})

test('What refuses “now” as well is refused, after one more request', async () => {
  server.answers(() => REFUSED)
  const window = { from: '2026-03-05', to: '2026-03-10' }
  const error = await rejectionOf(openOrganization(server.baseUrl).organization.series.usage.read(window))
  expect(error).toMatchObject({ code: 'unexpected_reply', dataSet: 'usage' })
  expect(server.requests).toHaveLength(2)
})

test('A token that is refused says nothing of the end', async () => {
  server.answers((url) =>
    url.searchParams.has('page')
      ? REFUSED
      : { json: { data: [bucket(8), bucket(9)], has_more: true, next_page: 'refused' } },
  )
  const window = { from: '2026-03-08', to: '2026-03-10' }
  const error = await rejectionOf(openOrganization(server.baseUrl).organization.series.usage.read(window))
  expect(error).toMatchObject({ code: 'unexpected_reply' })
  expect(server.requests).toHaveLength(2)
})
