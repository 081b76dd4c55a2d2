import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { bucket, openOrganization, row } from './openai-bench.ts'
import { startScriptedServer, type Scripted } from '../scripted-server.ts'

/*
 * “Where the provider states every day, a day that an ended sequence of pages leaves out is empty, unless requests are
 * known on it.” Reading names the days; a sync, which knows what is stored, judges them (test/sync/days-left-out.test.ts).
 */

let server: Awaited<ReturnType<typeof startScriptedServer>>
beforeAll(async () => {
  server = await startScriptedServer()
})
afterAll(() => server.close())

/** Today is 10 March 2026. */
const THREE_DAYS = { from: '2026-03-08', to: '2026-03-10' }

function page(data: unknown[], next: string | null = null): Scripted {
  return { json: { object: 'page', data, has_more: next !== null, next_page: next } }
}

async function read(script: Scripted[], window = THREE_DAYS, options: Parameters<typeof openOrganization>[1] = {}) {
  server.answers((_url, index) => script[index] ?? { status: 500 })
  const heard: number[] = []
  const { organization } = openOrganization(server.baseUrl, options)
  const { rows, daysLeftOut } = await organization.series.usage.read(window, { onPage: (done) => heard.push(done) })
  return { rows, daysLeftOut, daysRead: heard.at(-1) }
}

test.each<[string, Scripted[], string[]]>([
  ['none', [page([bucket(8), bucket(9), bucket(10)])], []],
  ['a day between others', [page([bucket(8), bucket(10)])], ['2026-03-09']],
  ['the last days', [page([bucket(8)])], ['2026-03-09', '2026-03-10']],
  ['the first days, as before an organization existed', [page([bucket(10)])], ['2026-03-08', '2026-03-09']],
  ['every day', [page([])], ['2026-03-08', '2026-03-09', '2026-03-10']],
  ['a day between two pages', [page([bucket(8)], 'a'), page([bucket(10)])], ['2026-03-09']],
  ['the days of an empty last page', [page([bucket(8)], 'a'), page([])], ['2026-03-09', '2026-03-10']],
])('Pages may leave out days, which are named: %s', async (_title, script, daysLeftOut) => {
  expect(await read(script)).toEqual({ rows: 0, daysLeftOut, daysRead: 3 })
})

test('Days that come are read, whatever is left out around them', async () => {
  expect(await read([page([bucket(9, [row()])])])).toMatchObject({ rows: 1, daysLeftOut: ['2026-03-08', '2026-03-10'] })
})

test('Days left out of several ranges are named in order', async () => {
  server.answers(() => page([]))
  const window = { from: '2026-01-10', to: '2026-03-10' }
  const { daysLeftOut } = await openOrganization(server.baseUrl).organization.series.usage.read(window)
  expect(daysLeftOut).toHaveLength(60)
  expect(daysLeftOut).toEqual(daysLeftOut.toSorted())
})

test('What was too large to be read is asked for again, and is not left out', async () => {
  const large = page([bucket(8, [row({ model: 'm'.repeat(3_000) })]), bucket(10, [row()])])
  const script = [large, page([bucket(8, [row()])], 'a'), page([bucket(10, [row()])])]
  const reading = await read(script, THREE_DAYS, { maxReplyBytes: 2_000 })
  expect(reading).toEqual({ rows: 2, daysLeftOut: ['2026-03-09'], daysRead: 3 })
})
