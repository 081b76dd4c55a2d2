import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { startKindsBench } from './kinds-bench.ts'

let kinds: Awaited<ReturnType<typeof startKindsBench>>
beforeAll(async () => {
  kinds = await startKindsBench()
})
afterAll(() => kinds.bench.close())

const get = (path: string) => kinds.get(path)

async function csv(path: string): Promise<string[][]> {
  return parse((await kinds.request(path, 'text/csv')).text)
}

test('A user’s days have the other kinds of each day, also days with nothing else', async () => {
  expect(await get('/users/ana/usage?from=2026-11-20')).toMatchObject({
    items: [
      { day: '2026-11-20', requests: 2, otherKinds: [] },
      {
        day: '2026-11-23',
        requests: 0,
        outputTokens: 0,
        models: [],
        otherKinds: [{ kind: 'images', requests: 4, quantity: 4, unit: 'images' }],
      },
      {
        day: '2026-11-24',
        requests: 5,
        otherKinds: [{ kind: 'embeddings', requests: 10, quantity: null, unit: null }],
      },
    ],
  })
})

describe('A user', () => {
  test('has the requests of other kinds apart, and uses a seat by them', async () => {
    expect(await get('/users/ana')).toMatchObject({ requests: 7, otherRequests: 14, lastActivitySource: 'usage' })
    expect(await get('/users/bob')).toMatchObject({
      requests: 0,
      otherRequests: 4,
      license: 'in_use',
      lastActiveOn: '2026-11-23',
      lastActivitySource: 'other_usage',
    })
    expect(await get('/users/cyn')).toMatchObject({ otherRequests: 0, license: 'unused', lastActivitySource: null })
  })

  test('has no total of quantities, which have different units', async () => {
    expect(await get('/users/bob')).not.toHaveProperty('quantity')
  })

  test('is in lists that say from which sources use is known', async () => {
    expect(await get('/users')).toMatchObject({ sources: ['usage', 'other_usage', 'keys'] })
    expect(await get('/licenses')).toMatchObject({
      sources: ['usage', 'other_usage', 'keys'],
      licenses: { inUse: 2, unused: 1 },
    })
  })
})

test('The integration names the kinds that were not available', async () => {
  expect(await get('')).toMatchObject({
    dataSets: [
      { id: 'directory', missing: [] },
      { id: 'usage', missing: [] },
      {
        id: 'other_usage',
        state: 'current',
        missing: [{ part: 'moderations', code: 'data_set_unavailable', rowsAsOf: null }],
      },
      { id: 'costs', missing: [] },
      { id: 'keys', missing: [] },
      { id: 'invites', missing: [] },
      { id: 'logins', missing: [] },
    ],
  })
})

describe('As CSV', () => {
  test('a kind has its quantity and unit', async () => {
    expect(await csv('/usage?kind=images&from=2026-11-23')).toEqual([
      ['day', 'model', 'requests', 'quantity', 'unit'],
      ['2026-11-23', 'dall-e-3', '1', '2', 'images'],
      ['2026-11-23', 'gpt-image-1', '4', '4', 'images'],
    ])
    expect(await csv('/usage?kind=embeddings&groupBy=user')).toEqual([
      ['userId', 'email', 'name', 'kind', 'requests', 'quantity', 'unit'],
      ['ana', 'ana@acme.example', 'ana', 'member', '10', '', ''],
    ])
  })

  test('all kinds have requests', async () => {
    expect(await csv('/usage?groupBy=kind&from=2026-11-24')).toEqual([
      ['kind', 'requests'],
      ['embeddings', '10'],
      ['completions', '5'],
      ['audio_speeches', '2'],
    ])
    expect((await csv('/usage?kind=all'))[0]).toEqual(['day', 'kind', 'model', 'requests'])
  })

  test('a user’s days have a row for each kind and model', async () => {
    expect(await csv('/users/ana/usage?from=2026-11-23')).toEqual([
      ['day', 'kind', 'model', 'requests', 'inputTokens', 'cachedInputTokens', 'outputTokens', 'quantity', 'unit'],
      ['2026-11-23', 'images', 'gpt-image-1', '4', '', '', '', '4', 'images'],
      ['2026-11-24', 'completions', 'gpt-5', '5', '50', '5', '10', '', ''],
      ['2026-11-24', 'embeddings', 'small', '10', '', '', '', '', ''],
    ])
  })
})

test('There is no call of its own for other usage', async () => {
  const { text } = await kinds.bench.request('GET', '/openapi.json')
  expect(text).not.toContain('/other_usage')
  expect((await kinds.request('/other_usage')).status).toBe(404)
})

test('Before other kinds were read, one of them is refused, and all are those that were read', async () => {
  kinds.bench.advance(3_600_000)
  Object.assign(kinds.bench.dependencies, { optionalDataSets: [] })
  await kinds.bench.scheduledSync(kinds.id)
  const { status, body } = await kinds.request('/usage?kind=images')
  expect([status, body]).toMatchObject([409, { code: 'data_set_not_read' }])
  expect(await get('/usage?groupBy=kind')).toHaveProperty('items', [{ kind: 'completions', requests: 7 }])
  expect(await get('/users/bob')).toMatchObject({ otherRequests: 0, license: 'unused', lastActivitySource: null })
  expect(await get('/users')).toMatchObject({ sources: ['usage'] })
})

test('A reading that fails keeps the last one, with its own days', async () => {
  Object.assign(kinds.bench.dependencies, { optionalDataSets: ['other_usage'] })
  kinds.bench.advance(3_600_000)
  await kinds.bench.scheduledSync(kinds.id)
  kinds.reading.fails = true
  kinds.bench.advance(24 * 3_600_000)
  await kinds.bench.scheduledSync(kinds.id)
  expect(await get('')).toMatchObject({
    lastSync: { state: 'succeeded', dataSets: [{}, {}, { id: 'other_usage', outcome: 'failed' }] },
    dataSets: [
      {},
      {},
      { state: 'failed', problem: { code: 'provider_unreachable' }, to: '2026-11-24' },
      {},
      {},
      {},
      {},
    ],
  })
  expect(await get('/usage?kind=images')).toMatchObject({ asOf: { to: '2026-11-24' }, total: { quantity: 12 } })
  // Where both are shown, the answer is as old as the older one.
  for (const path of ['/usage?groupBy=kind', '/usage?kind=all', '/users/bob/usage']) {
    expect(await get(path)).toMatchObject({ asOf: { to: '2026-11-24' } })
  }
  expect(await get('/usage?groupBy=kind')).toMatchObject({ to: '2026-11-25', total: { requests: 27 } })
  expect(await get('/usage')).toMatchObject({ asOf: { to: '2026-11-25' } })
  expect(await get('/users/bob')).toMatchObject({ otherRequests: 4, license: 'in_use' })
})
