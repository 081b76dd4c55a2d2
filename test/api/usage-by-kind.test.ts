import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { DayTableBuilder } from '../../shared/data-sets/day-series/day-table-builder.ts'
import { otherUsage, type OtherUsageRow } from '../../shared/data-sets/other-usage/other-usage.ts'
import { ProviderError } from '../../shared/domain/problem.ts'
import { isWithin } from '../../shared/domain/window.ts'
import { listed, used } from '../sync/sync-bench.ts'
import { type ApiBench, startApiBench } from './api-bench.ts'

let bench: ApiBench
let id: string
beforeAll(async () => {
  bench = await startApiBench()
  const organization = bench.organization()
  organization.people = [listed('ana', { role: 'owner' }), listed('bob'), listed('cyn')]
  organization.rows = [used('ana', '2026-11-24', 5), used('ana', '2026-11-20', 2, 'gpt-4')]
  organization.series['other_usage'] = {
    check: async () => {},
    read: async (window) => {
      if (fails) throw new ProviderError('provider_unreachable', 'other_usage')
      const table = new DayTableBuilder(otherUsage, window)
      for (const row of ROWS.filter(({ day }) => isWithin(day, window))) table.add(row)
      return { table: table.build(), rows: ROWS.length, daysLeftOut: [], missing: ['moderations'] }
    },
  }
  id = await bench.connected()
})
afterAll(() => bench.close())

let fails = false

function other(
  userId: string | null,
  day: string,
  [kind, model]: readonly [kind: string, model: string],
  [otherRequests, quantity]: readonly [requests: number, quantity: number],
): OtherUsageRow {
  return { userId, day, kind, model, otherRequests, quantity }
}

const ROWS = [
  other('bob', '2026-11-22', ['images', 'gpt-image-1'], [3, 6]),
  other('bob', '2026-11-23', ['images', 'dall-e-3'], [1, 2]),
  other('ana', '2026-11-23', ['images', 'gpt-image-1'], [4, 4]),
  other('ana', '2026-11-24', ['embeddings', 'small'], [10, 0]),
  other('stranger', '2026-11-24', ['audio_speeches', 'tts'], [2, 900]),
  other(null, '2026-11-22', ['vector_stores', 'unknown'], [0, 500]),
  other(null, '2026-11-23', ['vector_stores', 'unknown'], [0, 700]),
  other(null, '2026-11-23', ['code_interpreter_sessions', 'unknown'], [0, 12]),
]

/** Each answer is checked against the OpenAPI document. */
async function get(path: string): Promise<unknown> {
  const { status, body } = await bench.request('GET', `/integrations/${id}${path}`)
  expect(status).toBe(200)
  return body
}

async function csv(path: string): Promise<string[][]> {
  const { text } = await bench.request('GET', `/integrations/${id}${path}`, { headers: { accept: 'text/csv' } })
  return parse(text)
}

const PRIMARY = { requests: 7, inputTokens: 70, cachedInputTokens: 7, outputTokens: 14 }

describe('Of one other kind, usage is returned with its quantity and unit', () => {
  test('by day, with the models of each', async () => {
    expect(await get('/usage?kind=images')).toMatchObject({
      from: '2026-09-26',
      to: '2026-11-24',
      groupBy: 'day',
      items: [
        {
          day: '2026-11-22',
          requests: 3,
          quantity: 6,
          unit: 'images',
          models: [{ model: 'gpt-image-1', requests: 3, quantity: 6, unit: 'images' }],
        },
        { day: '2026-11-23', requests: 5, quantity: 6, models: [{ model: 'dall-e-3' }, { model: 'gpt-image-1' }] },
      ],
      total: { requests: 8, quantity: 12, unit: 'images' },
    })
  })

  test('by model, by user and by kind', async () => {
    expect(await get('/usage?kind=images&groupBy=model')).toMatchObject({
      items: [
        { model: 'gpt-image-1', requests: 7, quantity: 10, unit: 'images' },
        { model: 'dall-e-3', requests: 1, quantity: 2, unit: 'images' },
      ],
    })
    expect(await get('/usage?kind=images&groupBy=user')).toMatchObject({
      items: [
        { userId: 'ana', kind: 'member', requests: 4, quantity: 4, unit: 'images' },
        { userId: 'bob', kind: 'member', requests: 4, quantity: 8, unit: 'images' },
      ],
    })
    expect(await get('/usage?kind=images&groupBy=kind&from=2026-11-23')).toMatchObject({
      items: [{ kind: 'images', requests: 5, quantity: 6, unit: 'images' }],
      total: { requests: 5, quantity: 6, unit: 'images' },
    })
  })

  test('which is null for a kind that has only requests', async () => {
    const only = { requests: 10, quantity: null, unit: null }
    expect(await get('/usage?kind=embeddings&groupBy=model')).toMatchObject({
      items: [{ model: 'small', ...only }],
      total: only,
    })
  })

  test('and usage of projects belongs to nobody', async () => {
    expect(await get('/usage?kind=code_interpreter_sessions&groupBy=user')).toMatchObject({
      items: [{ userId: null, kind: 'unattributed', requests: 0, quantity: 12, unit: 'sessions' }],
    })
  })

  test('and what is stored is that of the latest day, not a sum of days', async () => {
    expect(await get('/usage?kind=vector_stores')).toMatchObject({
      items: [
        { day: '2026-11-22', quantity: 500, unit: 'bytes' },
        { day: '2026-11-23', quantity: 700, unit: 'bytes' },
      ],
      total: { requests: 0, quantity: 700, unit: 'bytes' },
    })
    expect(await get('/usage?kind=vector_stores&groupBy=user')).toMatchObject({
      items: [{ kind: 'unattributed', quantity: 700 }],
    })
    expect(await get('/usage?kind=vector_stores&groupBy=model&to=2026-11-22')).toMatchObject({
      items: [{ quantity: 500 }],
      total: { quantity: 500 },
    })
  })

  test('and a kind without usage has no rows', async () => {
    expect(await get('/usage?kind=decisions&groupBy=kind')).toMatchObject({
      items: [],
      total: { requests: 0, quantity: null, unit: null },
    })
  })
})

describe('Of all kinds, only requests are returned', () => {
  test('by kind unless another grouping is asked for, the largest first, without kinds that have none', async () => {
    const answer = await get('/usage?groupBy=kind')
    expect(answer).toMatchObject({ groupBy: 'kind', total: { requests: 27 } })
    expect(answer).toHaveProperty('items', [
      { kind: 'embeddings', requests: 10 },
      { kind: 'images', requests: 8 },
      { kind: 'completions', requests: 7 },
      { kind: 'audio_speeches', requests: 2 },
    ])
  })

  test('by day, with the kinds and models of each', async () => {
    expect(await get('/usage?kind=all&from=2026-11-24')).toHaveProperty('items', [
      {
        day: '2026-11-24',
        requests: 17,
        kinds: [
          { kind: 'audio_speeches', requests: 2 },
          { kind: 'completions', requests: 5 },
          { kind: 'embeddings', requests: 10 },
        ],
        models: [
          { model: 'gpt-5', requests: 5 },
          { model: 'small', requests: 10 },
          { model: 'tts', requests: 2 },
        ],
      },
    ])
  })

  test('by user, including unknown users', async () => {
    expect(await get('/usage?kind=all&groupBy=user')).toMatchObject({
      items: [
        { userId: 'ana', requests: 21 },
        { userId: 'bob', requests: 4 },
        { userId: null, kind: 'not_listed', requests: 2 },
      ],
      total: { requests: 27 },
    })
  })
})

test('The primary kind is the default, alone and as it was', async () => {
  const byDefault = await get('/usage?groupBy=model')
  expect(byDefault).toMatchObject({ items: [{ model: 'gpt-5' }, { model: 'gpt-4' }], total: PRIMARY })
  expect(await get('/usage?groupBy=model&kind=completions')).toEqual(byDefault)
  expect(await get('/usage?kind=completions&groupBy=kind')).toHaveProperty('items', [{ kind: 'completions', ...PRIMARY }])
})

test('An unknown kind is refused', async () => {
  const { status, body } = await bench.request('GET', `/integrations/${id}/usage?kind=dreams`)
  expect([status, body]).toMatchObject([400, { code: 'validation_failed', errors: [{ field: 'kind' }] }])
})

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
    expect(await get('/users/ana')).toMatchObject({ ...PRIMARY, otherRequests: 14, lastActivitySource: 'usage' })
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
    expect(await get('/users')).toMatchObject({ sources: ['usage', 'other_usage'] })
    expect(await get('/licenses')).toMatchObject({ sources: ['usage', 'other_usage'], licenses: { inUse: 2, unused: 1 } })
  })
})

test('The integration names the kinds that were not available', async () => {
  expect(await get('')).toMatchObject({
    dataSets: [
      { id: 'directory', missing: [] },
      { id: 'usage', missing: [] },
      { id: 'other_usage', state: 'current', missing: ['moderations'] },
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
  const { text } = await bench.request('GET', '/openapi.json')
  expect(text).not.toContain('/other_usage')
  expect((await bench.request('GET', `/integrations/${id}/other_usage`)).status).toBe(404)
})

test('Before other kinds were read, one of them is refused, and all are those that were read', async () => {
  bench.advance(3_600_000)
  Object.assign(bench.dependencies, { optionalDataSets: [] })
  await bench.scheduledSync(id)
  const { status, body } = await bench.request('GET', `/integrations/${id}/usage?kind=images`)
  expect([status, body]).toMatchObject([409, { code: 'data_set_not_read' }])
  expect(await get('/usage?groupBy=kind')).toHaveProperty('items', [{ kind: 'completions', requests: 7 }])
  expect(await get('/users/bob')).toMatchObject({ otherRequests: 0, license: 'unused', lastActivitySource: null })
  expect(await get('/users')).toMatchObject({ sources: ['usage'] })
})

test('A reading that fails keeps the last one, with its own days', async () => {
  Object.assign(bench.dependencies, { optionalDataSets: ['other_usage'] })
  bench.advance(3_600_000)
  await bench.scheduledSync(id)
  fails = true
  bench.advance(24 * 3_600_000)
  await bench.scheduledSync(id)
  expect(await get('')).toMatchObject({
    lastSync: { state: 'succeeded', dataSets: [{}, {}, { id: 'other_usage', outcome: 'failed' }] },
    dataSets: [{}, {}, { state: 'failed', problem: { code: 'provider_unreachable' }, to: '2026-11-24' }],
  })
  expect(await get('/usage?kind=images')).toMatchObject({ asOf: { to: '2026-11-24' }, total: { quantity: 12 } })
  expect(await get('/usage?groupBy=kind')).toMatchObject({ asOf: { to: '2026-11-25' }, total: { requests: 27 } })
  expect(await get('/users/bob')).toMatchObject({ otherRequests: 4, license: 'in_use' })
})
