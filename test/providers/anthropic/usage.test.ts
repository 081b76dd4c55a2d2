import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { rejectionOf, type Scripted } from '../scripted-server.ts'
import {
  ACTORS,
  openOrganization,
  page,
  reportPage,
  rowsIn,
  startScriptedAnthropic,
  usageRow,
  WINDOW,
} from './anthropic-bench.ts'

let server: Awaited<ReturnType<typeof startScriptedAnthropic>>
beforeAll(async () => {
  server = await startScriptedAnthropic()
})
afterAll(() => server.close())
beforeEach(() => {
  server.answers(() => page([]))
})

const MARCH = { from: '2026-03-08', to: '2026-03-10' }
const read = async (window = WINDOW) => {
  const { table } = await openOrganization(server.baseUrl).series.usage.read(window)
  return rowsIn(table).map((row) => [row['day'], row['userId'], row['requests']])
}
const queries = () => server.requests.map(({ url }) => url.searchParams)

describe('Usage is requested', () => {
  test('by day, grouped by actor, model and product, oldest first, in ranges of at most 31 days', async () => {
    await read()
    expect(server.requests.map(({ url }) => `${url.pathname}${url.search}`).toSorted()).toEqual([
      '/v1/organizations/analytics/usage?starting_at=2026-01-10T00%3A00%3A00.000Z&ending_at=2026-02-09T00%3A00%3A00.000Z&time_bucket_width=1d&group_by%5B%5D=actor&group_by%5B%5D=model&group_by%5B%5D=product&order_by=time&order=asc&limit=1000',
      '/v1/organizations/analytics/usage?starting_at=2026-02-09T00%3A00%3A00.000Z&ending_at=2026-03-11T00%3A00%3A00.000Z&time_bucket_width=1d&group_by%5B%5D=actor&group_by%5B%5D=model&group_by%5B%5D=product&order_by=time&order=asc&limit=1000',
    ])
    expect(server.requests[0]?.headers).toMatchObject({
      'anthropic-version': '2023-06-01',
      'anthropic-beta': 'analytics-usage-cost-2026-08-24',
      'user-agent': expect.stringMatching(/^rollcall\/\d+\.\d+\.\d+$/),
    })
  })

  test('in shorter ranges of many people', async () => {
    await openOrganization(server.baseUrl).series.usage.read(WINDOW, { expectedPeople: 5_000 })
    expect(server.requests).toHaveLength(15)
  })

  test('from 2026 on, before which Anthropic has nothing', async () => {
    const { table } = await openOrganization(server.baseUrl).series.usage.read({ from: '2025-12-20', to: '2026-01-05' })
    expect(table.window).toEqual({ from: '2026-01-01', to: '2026-01-05' })
    expect(queries().map((query) => query.get('starting_at'))).toEqual(['2026-01-01T00:00:00.000Z'])
  })

  test('with an end at now when an end in the future is refused', async () => {
    const rows = [usageRow('2026-03-10', 7)]
    server.answers((url) =>
      url.searchParams.get('ending_at')?.startsWith('2026-03-11') ? { status: 400 } : reportPage(url, rows),
    )
    expect(await read(MARCH)).toEqual([['2026-03-10', 'user_ana', 7]])
    expect(queries().map((query) => query.get('ending_at'))).toEqual([
      '2026-03-11T00:00:00.000Z',
      '2026-03-10T12:00:00.000Z',
    ])
  })
})

describe('A row of usage', () => {
  const readOne = async (row: unknown) => {
    server.answers(() => page([row]))
    const { series } = openOrganization(server.baseUrl)
    const { usage, other_usage: others } = series
    return [rowsIn((await usage.read(MARCH)).table), rowsIn((await others.read(MARCH)).table)]
  }

  test('has input tokens of all kinds, of which those read from the cache are cached', async () => {
    const [rows] = await readOne(usageRow('2026-03-09', 5))
    expect(rows).toEqual([
      {
        day: '2026-03-09',
        userId: 'user_ana',
        model: 'claude-opus-5-5',
        requests: 5,
        inputTokens: 127,
        cachedInputTokens: 20,
        outputTokens: 10,
      },
    ])
  })

  test('without a product is an execution of code, and no request', async () => {
    expect(await readOne(usageRow('2026-03-09', 5, { product: null, model: null }))).toEqual([
      [],
      [{ day: '2026-03-09', userId: 'user_ana', kind: 'code_execution', model: '', otherRequests: 0, quantity: 5 }],
    ])
  })

  test('of a product without requests and model has tokens', async () => {
    const [rows] = await readOne(usageRow('2026-03-09', null, { product: 'new_product', model: null }))
    expect(rows).toMatchObject([{ model: 'unknown', requests: 0, inputTokens: 127 }])
  })

  test.each<[string, unknown, string | null]>([
    ['a user', ACTORS.user('ana'), 'user_ana'],
    ['a user who left', ACTORS.user('gone', { deleted: true, email_address: null, name: 'Deleted User' }), 'user_gone'],
    ['a service account', ACTORS.serviceAccount('bot'), 'svac_bot'],
    ['a key', ACTORS.key('ci'), 'apikey_ci'],
    ['a federated identity', ACTORS.federated('arn:aws:iam::1:role/ci'), null],
    ['a federated identity without a subject', ACTORS.federated(null), null],
    ['an actor of a new kind', { type: 'team_actor', team_id: 'team_1' }, null],
    ['nobody', null, null],
  ])('belongs to %s', async (_title, actor, userId) => {
    const [rows] = await readOne(usageRow('2026-03-09', 1, { actor }))
    expect(rows).toMatchObject([{ userId, requests: 1 }])
  })

  test.each<[string, unknown]>([
    ['of a user without an id', usageRow('2026-03-09', 1, { actor: { type: 'user_actor' } })],
    ['without an actor', { ...usageRow('2026-03-09', 1), group: { model: 'm', product: 'chat' } }],
    ['without a product field', { ...usageRow('2026-03-09', 1), group: { actor: null, model: 'm' } }],
    ['with a fraction of a request', usageRow('2026-03-09', 1.5)],
    ['with fewer requests than none', usageRow('2026-03-09', -1)],
    ['that begins within a day', { ...usageRow('2026-03-09', 1), starting_at: '2026-03-09T01:00:00Z' }],
    ['of a day before', usageRow('2026-03-07', 1)],
    ['of a day after', usageRow('2026-03-11', 1)],
  ])('%s is not believed', async (_title, row) => {
    expect(await rejectionOf(readOne(row))).toMatchObject({ code: 'unexpected_reply', dataSet: 'usage' })
  })
})

describe('Pages of usage', () => {
  const ROWS = Array.from({ length: 7 }, (_, index) =>
    usageRow(index < 4 ? '2026-03-08' : '2026-03-09', 1, { actor: ACTORS.user(`${index}`) }),
  )
  const EVERYBODY = ROWS.map(({ starting_at: at, group }) => [
    at.slice(0, 10),
    JSON.parse(JSON.stringify(group.actor)).user_id,
    1,
  ])
  const tokenOf = (url: URL) => url.searchParams.get('page')

  test('are followed by their tokens, with the parameters of the first', async () => {
    server.answers((url) => reportPage(url, ROWS, 3))
    expect(await read(MARCH)).toEqual(EVERYBODY)
    expect(queries().map((query) => query.get('page'))).toEqual([null, '3', '6'])
    const others = queries().map((query) => {
      query.delete('page')
      return query.toString()
    })
    expect(new Set(others).size).toBe(1)
  })

  test('report the days read', async () => {
    server.answers((url) => reportPage(url, ROWS, 3))
    const reported: [number, number][] = []
    await openOrganization(server.baseUrl).series.usage.read(MARCH, { onPage: (...days) => reported.push(days) })
    expect(reported).toEqual([
      [0, 3],
      [1, 3],
      [3, 3],
    ])
  })

  test('can be empty before others', async () => {
    server.answers((url) => {
      const token = tokenOf(url)
      if (token === null) return page([], 'second')
      return token === 'second' ? page(ROWS.slice(0, 4), 'third') : page(ROWS.slice(4))
    })
    expect(await read(MARCH)).toEqual(EVERYBODY)
  })

  test('are read again when a row comes twice, so that nothing is counted twice or missed', async () => {
    // While the first page is read, the rows of the day change their order.
    let sequences = 0
    server.answers((url) => {
      if (tokenOf(url) === null) sequences += 1
      if (sequences > 1) return reportPage(url, ROWS, 4)
      return tokenOf(url) === null ? page(ROWS.slice(0, 4), 'next') : page(ROWS.slice(3))
    })
    expect(await read(MARCH)).toEqual(EVERYBODY)
    expect(sequences).toBe(2)
  })

  test('are read again when one is refused', async () => {
    let isRefused = false
    server.answers((url) => {
      if (tokenOf(url) === null || isRefused) return reportPage(url, ROWS, 4)
      isRefused = true
      return { status: 400 }
    })
    expect(await read(MARCH)).toEqual(EVERYBODY)
  })

  test('of unknown identities can have rows that look alike, and all count', async () => {
    const rows = [null, ACTORS.federated('one'), ACTORS.federated('two'), null].map((actor) =>
      usageRow('2026-03-09', 2, { actor }),
    )
    server.answers((url) => reportPage(url, rows, 4))
    expect(await read(MARCH)).toEqual([['2026-03-09', null, 8]])
  })

  test.each<[string, (url: URL, index: number) => Scripted, number]>([
    [
      'that are refused each time',
      (url) => (tokenOf(url) === null ? page(ROWS.slice(0, 4), 'next') : { status: 400 }),
      6,
    ],
    ['that are refused after an empty one', (url) => (tokenOf(url) === null ? page([], 'next') : { status: 400 }), 6],
    ['whose rows come twice each time', (url) => (tokenOf(url) === null ? page(ROWS, 'next') : page(ROWS)), 6],
    [
      'that begin with the last row of the page before, of an unknown identity,',
      (url) => {
        const row = usageRow('2026-03-09', 1, { actor: null })
        return tokenOf(url) === null ? page([row], 'next') : page([row])
      },
      6,
    ],
    ['whose token repeats', () => page([], 'same'), 2],
    ['that are empty without end', (_url, index) => page([], `${index}`), 10],
    ['that announce more without a token', () => ({ json: { data: [], has_more: true, next_page: null } }), 1],
    ['that announce more with an empty token', () => ({ json: { data: [], has_more: true, next_page: '' } }), 1],
  ])('%s are not believed, and end', async (_title, answer, requests) => {
    server.answers(answer)
    expect(await rejectionOf(read(MARCH))).toMatchObject({ code: 'unexpected_reply', dataSet: 'usage' })
    expect(server.requests).toHaveLength(requests)
  })
})

test('Usage and executions of code are read from one report, once', async () => {
  server.answers((url) => reportPage(url, [usageRow('2026-03-09', 5), usageRow('2026-03-09', 3, { product: null })]))
  const { series } = openOrganization(server.baseUrl)
  const usage = await series.usage.read(WINDOW)
  const others = await series.other_usage.read(WINDOW)
  expect([usage.rows, others.rows]).toEqual([1, 1])
  expect([usage.daysLeftOut, others.daysLeftOut]).toEqual([[], []])
  expect(server.requests).toHaveLength(2)
  await series.usage.read(MARCH)
  expect(server.requests).toHaveLength(3)
})

test('A report that is refused is not available', async () => {
  for (const status of [400, 404]) {
    server.answers(() => ({ status }))
    expect(await rejectionOf(read(MARCH))).toMatchObject({ code: 'data_set_unavailable', dataSet: 'usage' })
  }
})
