import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { startKindsBench } from './kinds-bench.ts'

let kinds: Awaited<ReturnType<typeof startKindsBench>>
beforeAll(async () => {
  kinds = await startKindsBench()
})
afterAll(() => kinds.bench.close())

const get = (path: string) => kinds.get(path)

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

  test('and it is 0 on a day that ended with nothing stored, but not on the day of the reading, which had not ended', async () => {
    const range = (from: string, to: string) => `/usage?kind=vector_stores&groupBy=user&from=${from}&to=${to}`
    expect(await get(range('2026-11-20', '2026-11-21'))).toMatchObject({ items: [], total: { quantity: 0 } })
    expect(await get(range('2026-11-20', '2026-11-24'))).toMatchObject({ total: { quantity: 700 } })
    expect(await get(range('2026-11-24', '2026-11-24'))).toMatchObject({ items: [], total: { quantity: 0 } })
  })

  test('and the model is null for kinds that are not attributed to models', async () => {
    const sessions = { requests: 0, quantity: 12, unit: 'sessions' }
    expect(await get('/usage?kind=code_interpreter_sessions')).toMatchObject({
      items: [{ day: '2026-11-23', ...sessions, models: [{ model: null, ...sessions }] }],
    })
    expect(await get('/usage?kind=code_interpreter_sessions&groupBy=model')).toHaveProperty('items', [
      { model: null, ...sessions },
    ])
    const { text } = await kinds.request('/usage?kind=code_interpreter_sessions', 'text/csv')
    expect(text).toBe('day,model,requests,quantity,unit\r\n2026-11-23,,0,12,sessions\r\n')
  })

  test('and a kind without usage has no rows', async () => {
    expect(await get('/usage?kind=decisions&groupBy=kind')).toMatchObject({
      items: [],
      total: { requests: 0, quantity: null, unit: null },
    })
  })
})

describe('Of all kinds, only requests are returned', () => {
  test('by kind unless another grouping is asked for, the largest first, also of kinds that have none', async () => {
    const answer = await get('/usage?groupBy=kind')
    expect(answer).toMatchObject({ groupBy: 'kind', total: { requests: 27 } })
    expect(answer).toHaveProperty('items', [
      { kind: 'embeddings', requests: 10 },
      { kind: 'images', requests: 8 },
      { kind: 'completions', requests: 7 },
      { kind: 'audio_speeches', requests: 2 },
      { kind: 'code_interpreter_sessions', requests: 0 },
      { kind: 'vector_stores', requests: 0 },
    ])
  })

  test('by model, which is null for kinds without models', async () => {
    expect(await get('/usage?kind=all&groupBy=model&from=2026-11-23&to=2026-11-23')).toHaveProperty('items', [
      { model: 'gpt-image-1', requests: 4 },
      { model: 'dall-e-3', requests: 1 },
      { model: null, requests: 0 },
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
        { userId: null, kind: 'unattributed', requests: 0 },
      ],
      total: { requests: 27 },
    })
  })
})

test('The primary kind is the default, alone and as it was', async () => {
  const byDefault = await get('/usage?groupBy=model')
  expect(byDefault).toMatchObject({ items: [{ model: 'gpt-5' }, { model: 'gpt-4' }], total: PRIMARY })
  expect(await get('/usage?groupBy=model&kind=completions')).toEqual(byDefault)
  expect(await get('/usage?kind=completions&groupBy=kind')).toHaveProperty('items', [
    { kind: 'completions', ...PRIMARY },
  ])
})

test('An unknown kind is refused', async () => {
  const { status, body } = await kinds.request('/usage?kind=dreams')
  expect([status, body]).toMatchObject([400, { code: 'validation_failed', errors: [{ field: 'kind' }] }])
})
