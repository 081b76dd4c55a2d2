import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Window } from '../../../shared/domain/window.ts'
import { rowsIn, rowsOf } from '../../builders.ts'
import { bucket, march, openOrganization, row } from './openai-bench.ts'
import { rejectionOf, startScriptedServer, type Scripted } from '../scripted-server.ts'

let server: Awaited<ReturnType<typeof startScriptedServer>>
beforeAll(async () => {
  server = await startScriptedServer()
})
afterAll(() => server.close())

/** Today is 10 March 2026. */
const THREE_DAYS: Window = { from: '2026-03-08', to: '2026-03-10' }

function page(data: unknown[], next: string | null = null): Scripted {
  return { json: { object: 'page', data, has_more: next !== null, next_page: next } }
}

/** Answers as OpenAI does: the days asked for, so many a page, the token naming the day to go on from. */
function pageAskedFor(url: URL, results: (day: number) => unknown[] = () => []): Scripted {
  const numberOf = (name: string) => Number(url.searchParams.get(name))
  const from = url.searchParams.has('page') ? numberOf('page') : numberOf('start_time')
  const to = Math.min(numberOf('end_time'), from + numberOf('limit') * 86_400)
  const days = Array.from({ length: (to - from) / 86_400 }, (_, index) => 1 + (from - march(1)) / 86_400 + index)
  const data = days.map((day) => bucket(day, results(day)))
  return page(data, to < numberOf('end_time') ? String(to) : null)
}

async function read(script: Scripted[], options: Parameters<typeof openOrganization>[1] = {}) {
  server.answers((_url, index) => script[index] ?? { status: 400 })
  const { table, rows } = await openOrganization(server.baseUrl, options).organization.series.usage.read(THREE_DAYS)
  return { rows, table: rowsIn(table) }
}

const USE = { requests: 2, inputTokens: 30, cachedInputTokens: 10, outputTokens: 5 }

test('one page of whole days is asked for from midnight to midnight, by user and model', async () => {
  await read([page([bucket(8), bucket(9), bucket(10)])])
  expect(server.requests.map(({ url }) => [url.pathname, ...url.searchParams])).toEqual([
    [
      '/v1/organization/usage/completions',
      ['start_time', String(march(8))],
      ['end_time', String(march(11))],
      ['bucket_width', '1d'],
      ['group_by[]', 'user_id'],
      ['group_by[]', 'model'],
      ['limit', '3'],
    ],
  ])
})

test('60 days are two pages of 30, asked for at the same time', async () => {
  const bothAsked = Promise.withResolvers<void>()
  server.answers(async (url, index) => {
    if (index === 1) bothAsked.resolve()
    await bothAsked.promise
    return pageAskedFor(url, (day) => (day === 10 ? [row()] : []))
  })
  const heard: [number, number][] = []
  const { organization } = openOrganization(server.baseUrl)
  const window = { from: '2026-01-10', to: '2026-03-10' }
  const reading = await organization.series.usage.read(window, { onPage: (done, days) => heard.push([done, days]) })
  expect(reading.rows).toBe(1)
  expect(heard).toEqual([
    [30, 60],
    [60, 60],
  ])
  expect(server.requests.map(({ url }) => url.searchParams.get('limit'))).toEqual(['30', '30'])
})

test.each<[number, number[]]>([
  [5_000, [31]],
  [10_000, [5, 5, 5, 5, 5, 5, 5]],
  [1_000_000, Array.from({ length: 31 }, () => 1)],
])('with %i people expected, 31 days come in pages of at most so many', async (expectedPeople, limits) => {
  server.answers((url) => pageAskedFor(url))
  const window = { from: '2026-02-08', to: '2026-03-10' }
  await openOrganization(server.baseUrl).organization.series.usage.read(window, { expectedPeople })
  expect(server.requests.map(({ url }) => Number(url.searchParams.get('limit')))).toEqual(limits)
})

test('rows are summed by user, model and day, and counted as sent', async () => {
  const many = row({ num_model_requests: '2', input_tokens: '3e1', input_cached_tokens: undefined, unheard_of: {} })
  const reading = await read([page([bucket(8, [row(), many]), bucket(9, []), bucket(10, [])])])
  expect(reading.rows).toBe(2)
  expect(reading.table).toEqual([
    {
      day: '2026-03-08',
      userId: 'user-1',
      model: 'gpt-5',
      requests: 4,
      inputTokens: 60,
      cachedInputTokens: 10,
      outputTokens: 10,
    },
  ])
})

test.each([null, undefined, ''])('a user and a model of %p are nobody and unknown', async (nothing) => {
  const reading = await read([page([bucket(8, [row({ user_id: nothing, model: nothing })]), bucket(9), bucket(10)])])
  expect(reading.table).toEqual([{ day: '2026-03-08', userId: null, model: 'unknown', ...USE }])
})

test('pages are followed, an empty one among them, and a page asked for twice counts once', async () => {
  const first = page([bucket(8, [row()])], 'a')
  const reading = await read([
    { ...first, ending: 'cut' },
    { status: 503 },
    first,
    page([], 'b'),
    page([bucket(9, [row()]), bucket(10, [row()])]),
  ])
  expect(reading.rows).toBe(3)
  expect(reading.table.map(({ requests }) => requests)).toEqual([2, 2, 2])
  expect(server.requests.map(({ url }) => url.searchParams.get('page'))).toEqual([null, null, null, 'a', 'b'])
})

test('once all days have arrived, no further page is requested, even if the reply announces one', async () => {
  await read([page([bucket(8), bucket(9), bucket(10)], 'refused')])
  expect(server.requests).toHaveLength(1)
  await read([{ json: { data: [bucket(8), bucket(9), bucket(10)], has_more: true } }])
  expect(server.requests).toHaveLength(1)
})

test('today may be missing, or cut at the moment of the reply', async () => {
  expect((await read([page([bucket(8), bucket(9)])])).rows).toBe(0)
  const today = bucket(10, [row()], { end_time: march(10) + 43_200 })
  expect((await read([page([bucket(8), bucket(9), today])])).rows).toBe(1)
})

test('an empty day to come is fine', async () => {
  server.answers((url) => pageAskedFor(url))
  const window = { from: '2026-03-09', to: '2026-03-12' }
  expect((await openOrganization(server.baseUrl).organization.series.usage.read(window)).rows).toBe(0)
})

describe('a reply past the bytes allowed', () => {
  const LONG = row({ model: 'm'.repeat(2_000) })

  test('is discarded, and the remaining days are requested again at a quarter of the page size', async () => {
    server.answers((url) => pageAskedFor(url, (day) => (day === 5 ? [LONG, LONG] : [row()])))
    const { organization } = openOrganization(server.baseUrl, { maxReplyBytes: 4_000 })
    const reading = await organization.series.usage.read({ from: '2026-03-03', to: '2026-03-10' })
    expect(reading.rows).toBe(9)
    expect(rowsOf(reading.table, 'user-1').reduce((sum, { requests }) => sum + requests, 0)).toBe(18)
    const asked = server.requests.map(({ url }) => [
      (Number(url.searchParams.get('start_time')) - march(1)) / 86_400 + 1,
      Number(url.searchParams.get('limit')),
      url.searchParams.has('page'),
    ])
    expect(asked.slice(0, 5)).toEqual([
      [3, 8, false],
      [3, 2, false],
      [3, 2, true],
      [5, 1, false],
      [5, 1, true],
    ])
    expect(asked).toHaveLength(9)
  })

  test('of a single day is unexpected_reply', async () => {
    server.answers((url) => pageAskedFor(url, () => [LONG]))
    const options = { maxReplyBytes: 1_000, maxDayReplyBytes: 2_000 }
    const error = await rejectionOf(
      openOrganization(server.baseUrl, options).organization.series.usage.read(THREE_DAYS),
    )
    expect(error).toMatchObject({ code: 'unexpected_reply', dataSet: 'usage' })
    expect(server.requests).toHaveLength(2)
  })
})

describe('usage that could be lost or counted twice is refused', () => {
  const WHOLE = [bucket(8), bucket(9), bucket(10)]
  const withRow = (overrides: Record<string, unknown>) => [page([bucket(8, [row(overrides)]), bucket(9), bucket(10)])]

  test.each<[string, Scripted[]]>([
    ['a day twice on a page', [page([bucket(8), bucket(8), bucket(9)])]],
    ['a day twice on two pages', [page([bucket(8)], 'a'), page([bucket(8), bucket(9), bucket(10)])]],
    ['days out of order', [page([bucket(9), bucket(8), bucket(10)])]],
    ['a day before the range', [page([bucket(7), ...WHOLE])]],
    ['a day after the range', [page([...WHOLE, bucket(11)])]],
    ['a bucket that begins within a day', [page([bucket(8, [], { start_time: march(8) + 3_600 })])]],
    ['a closed day cut short', [page([bucket(8, [], { end_time: march(8) + 3_600 }), bucket(9), bucket(10)])]],
    ['a bucket of two days', [page([bucket(8, [], { end_time: march(10) }), bucket(10)])]],
    ['more announced and no token', [{ json: { data: [bucket(8)], has_more: true, next_page: null } }]],
    ['a token that comes again', [page([], 'a'), page([], 'a')]],
  ])('%s', async (_title, script) => {
    expect(await rejectionOf(read(script))).toMatchObject({ code: 'unexpected_reply', dataSet: 'usage' })
    expect(server.requests).toHaveLength(script.length)
  })

  test.each<[string, Scripted[]]>([
    ['no data', [{ json: { has_more: false } }]],
    ['no has_more', [{ json: { data: WHOLE } }]],
    ['no results', [page([bucket(8, [], { results: undefined }), bucket(9), bucket(10)])]],
    ['no input tokens', withRow({ input_tokens: undefined })],
    ['no output tokens', withRow({ output_tokens: null })],
    ['no requests', withRow({ num_model_requests: undefined })],
    ['a negative number', withRow({ input_tokens: -1 })],
    ['a fraction', withRow({ input_tokens: 1.5 })],
    ['a text that is no number', withRow({ input_tokens: 'many' })],
    ['an empty text', withRow({ input_tokens: '' })],
  ])('%s, seen twice', async (_title, [scripted = {}]) => {
    expect(await rejectionOf(read([scripted, scripted]))).toMatchObject({ code: 'unexpected_reply', dataSet: 'usage' })
    expect(server.requests).toHaveLength(2)
  })

  test('usage on a day to come', async () => {
    server.answers((url) => pageAskedFor(url, (day) => (day === 11 ? [row()] : [])))
    const { organization } = openOrganization(server.baseUrl)
    const error = await rejectionOf(organization.series.usage.read({ from: '2026-03-09', to: '2026-03-12' }))
    expect(error).toMatchObject({ code: 'unexpected_reply' })
  })

  test('pages without end', async () => {
    server.answers((_url, index) => page([], `token-${index}`))
    const error = await rejectionOf(openOrganization(server.baseUrl).organization.series.usage.read(THREE_DAYS))
    expect(error).toMatchObject({ code: 'unexpected_reply' })
    expect(server.requests).toHaveLength(100)
  })
})

test('when one range fails, the other ends too', async () => {
  server.answers((url) =>
    url.searchParams.get('end_time') === String(march(11)) ? { status: 403 } : { json: {}, ending: 'hang' },
  )
  const { organization } = openOrganization(server.baseUrl)
  const error = await rejectionOf(organization.series.usage.read({ from: '2026-01-10', to: '2026-03-10' }))
  expect(error).toMatchObject({ code: 'insufficient_permissions', dataSet: 'usage' })
})
