import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { DayTable } from '../../../shared/data-sets/day-series/day-table.ts'
import { bucket, march, openOrganization } from './openai-bench.ts'
import { rejectionOf, startScriptedServer, type Scripted } from '../scripted-server.ts'

let server: Awaited<ReturnType<typeof startScriptedServer>>
beforeAll(async () => {
  server = await startScriptedServer()
})
afterAll(() => server.close())

/** Today is 10 March 2026. */
const TWO_DAYS = { from: '2026-03-09', to: '2026-03-10' }
const NOT_FOUND: Scripted = { status: 404, json: { error: { message: 'Invalid URL', code: 'unknown_url' } } }
const FORBIDDEN: Scripted = { status: 403, json: { error: { message: 'Missing scopes', code: null } } }

function page(...data: unknown[]): Scripted {
  return { json: { object: 'page', data, has_more: false, next_page: null } }
}

function ofDays(ninth: unknown[] = [], tenth: unknown[] = []): Scripted {
  return page(bucket(9, ninth), bucket(10, tenth))
}

const kindOf = (url: URL) => url.pathname.split('/').at(-1) ?? ''

/** Answers each kind as given, and all others as empty. */
function answers(byKind: Readonly<Record<string, Scripted>>): void {
  server.answers((url) => byKind[kindOf(url)] ?? ofDays())
}

async function read(window = TWO_DAYS) {
  const reading = await openOrganization(server.baseUrl).organization.series.other_usage.read(window)
  return { ...reading, table: rowsIn(reading.table) }
}

function rowsIn(table: DayTable) {
  return Array.from({ length: table.rowCount }, (_, row) => ({
    day: table.dayAt(row),
    userId: table.userAt(row),
    ...table.labelsAt(row),
    ...table.amountsAt(row),
  }))
}

/** A row of somebody, with some numbers. */
function row(numbers: Record<string, unknown>) {
  return { object: 'a result', project_id: null, user_id: 'ana', model: 'm', ...numbers }
}

describe('Each kind is read with its own numbers:', () => {
  test.each<[string, Record<string, unknown>, { otherRequests: number; quantity: number }]>([
    ['embeddings', { num_model_requests: 3, input_tokens: 9 }, { otherRequests: 3, quantity: 0 }],
    ['moderations', { num_model_requests: 3, input_tokens: 9 }, { otherRequests: 3, quantity: 0 }],
    ['images', { num_model_requests: 3, images: 5 }, { otherRequests: 3, quantity: 5 }],
    ['audio_speeches', { num_model_requests: 3, characters: 700 }, { otherRequests: 3, quantity: 700 }],
    ['audio_transcriptions', { num_model_requests: 3, seconds: 61.5 }, { otherRequests: 3, quantity: 62 }],
    ['file_search_calls', { num_requests: 4 }, { otherRequests: 4, quantity: 4 }],
    ['web_search_calls', { num_model_requests: 3, num_requests: '8' }, { otherRequests: 3, quantity: 8 }],
    ['vector_stores', { usage_bytes: 5_000_000_000 }, { otherRequests: 0, quantity: 5_000_000_000 }],
    ['code_interpreter_sessions', { num_sessions: 2 }, { otherRequests: 0, quantity: 2 }],
    ['decisions', { num_model_requests: 3, input_tokens: null }, { otherRequests: 3, quantity: 0 }],
    ['decisions', { num_model_requests: null, input_tokens: 7, output_tokens: 2 }, { otherRequests: 0, quantity: 9 }],
  ])('%s', async (kind, numbers, amounts) => {
    answers({ [kind]: ofDays([row(numbers)]) })
    const { table, rows, missing } = await read()
    expect([rows, missing]).toEqual([1, []])
    expect(table).toEqual([{ day: '2026-03-09', userId: 'ana', kind, model: 'm', ...amounts }])
  })
})

test('People and models are asked for where OpenAI attributes usage to them, and a row without is kept', async () => {
  answers({ embeddings: ofDays([], [row({ user_id: null, model: '', num_model_requests: 1 })]) })
  expect((await read()).table).toEqual([
    { day: '2026-03-10', userId: null, kind: 'embeddings', model: 'unknown', otherRequests: 1, quantity: 0 },
  ])
  const groups = server.requests.map(({ url }) => [kindOf(url), url.searchParams.getAll('group_by[]').join()])
  expect(Object.fromEntries(groups)).toEqual({
    embeddings: 'user_id,model',
    moderations: 'user_id,model',
    images: 'user_id,model',
    audio_speeches: 'user_id,model',
    audio_transcriptions: 'user_id,model',
    file_search_calls: 'user_id',
    web_search_calls: 'user_id,model',
    vector_stores: '',
    code_interpreter_sessions: '',
    decisions: 'user_id,model',
  })
})

test('Fractions of seconds are rounded once for each day, person and model', async () => {
  const seconds = (...values: readonly number[]) =>
    values.map((value) => row({ num_model_requests: 1, seconds: value, model: '' }))
  answers({ audio_transcriptions: ofDays(seconds(0.4, 0.4, 0.4), seconds(1.5)) })
  expect((await read()).table).toMatchObject([
    { day: '2026-03-09', model: 'unknown', otherRequests: 3, quantity: 1 },
    { day: '2026-03-10', model: 'unknown', otherRequests: 1, quantity: 2 },
  ])
})

test('A kind that is not attributed to models has none', async () => {
  const numbers = { model: null, usage_bytes: 3, num_sessions: 3, num_requests: 3, num_model_requests: 3 }
  const answer = ofDays([row(numbers)])
  answers({ vector_stores: answer, code_interpreter_sessions: answer, file_search_calls: answer, embeddings: answer })
  expect((await read()).table).toMatchObject([
    { kind: 'code_interpreter_sessions', model: '' },
    { kind: 'embeddings', model: 'unknown' },
    { kind: 'file_search_calls', model: '' },
    { kind: 'vector_stores', model: '' },
  ])
})

test('Rows of zeros, and decisions without numbers, are no usage', async () => {
  answers({
    images: ofDays([row({ num_model_requests: 0, images: 0 })]),
    decisions: ofDays([row({ num_model_requests: null })]),
  })
  expect(await read()).toMatchObject({ rows: 2, table: [] })
})

test('60 days take two requests a kind, of which four are open at once, and progress counts all kinds', async () => {
  let open = 0
  let most = 0
  const spied: typeof fetch = async (...request) => {
    open += 1
    most = Math.max(most, open)
    try {
      return await fetch(...request)
    } finally {
      open -= 1
    }
  }
  server.answers((url) => {
    const from = Number(url.searchParams.get('start_time'))
    const days = (Number(url.searchParams.get('end_time')) - from) / 86_400
    const first = 1 + (from - march(1)) / 86_400
    return page(...Array.from({ length: days }, (_, day) => bucket(first + day)))
  })
  const heard: [number, number][] = []
  const window = { from: '2026-01-10', to: '2026-03-10' }
  const { organization } = openOrganization(server.baseUrl, { fetch: spied })
  await organization.series.other_usage.read(window, {
    expectedPeople: 10_000,
    onPage: (done, days) => heard.push([done, days]),
  })
  expect(server.requests).toHaveLength(20)
  expect(most).toBe(4)
  expect(heard).toHaveLength(20)
  expect(heard.at(-1)).toEqual([600, 600])
})

describe('A kind that is refused by itself', () => {
  test.each([
    ['404, since the organization does not have it', NOT_FOUND, 'data_set_unavailable'],
    ['403, since the key may not read it', FORBIDDEN, 'insufficient_permissions'],
  ])('with %s, is missing, and the others are read', async (_title, refusal, code) => {
    answers({ images: refusal, embeddings: ofDays([row({ num_model_requests: 2 })]) })
    const { missing, table } = await read()
    expect(missing).toEqual([{ part: 'images', code, readAt: null }])
    expect(table).toMatchObject([{ kind: 'embeddings', otherRequests: 2 }])
  })

  test('midway counts for nothing, also on the days before', async () => {
    const first: Scripted = {
      json: {
        data: [bucket(9, [row({ num_model_requests: 1, images: 1 })])],
        has_more: true,
        next_page: 'more',
      },
    }
    server.answers((url) => {
      if (kindOf(url) !== 'images') return ofDays()
      return url.searchParams.has('page') ? NOT_FOUND : first
    })
    expect(await read()).toMatchObject({ missing: [{ part: 'images' }], table: [], rows: 0 })
  })

  test.each([
    ['unavailable when none exists', () => NOT_FOUND, 'data_set_unavailable'],
    ['not permitted when none may be read', () => FORBIDDEN, 'insufficient_permissions'],
    [
      'not permitted when some do not exist and the rest may not be read',
      (kind: string) => (kind === 'images' ? FORBIDDEN : NOT_FOUND),
      'insufficient_permissions',
    ],
  ])('makes all of it %s', async (_title, answer, code) => {
    server.answers((url) => answer(kindOf(url)))
    expect(await rejectionOf(read())).toMatchObject({ code, dataSet: 'other_usage' })
  })
})

describe('A kind that fails otherwise fails all of them:', () => {
  test.each<[string, Scripted, string]>([
    ['500, five times', { status: 500 }, 'provider_unreachable'],
    ['400', { status: 400 }, 'unexpected_reply'],
    ['a missing number', ofDays([row({ num_model_requests: 1 })]), 'unexpected_reply'],
    ['a negative number', ofDays([row({ num_model_requests: 1, images: -1 })]), 'unexpected_reply'],
    [
      'a null where only decisions have one',
      ofDays([row({ num_model_requests: null, images: 1 })]),
      'unexpected_reply',
    ],
    ['a day twice', page(bucket(9), bucket(9)), 'unexpected_reply'],
  ])('%s', async (_title, answer, code) => {
    answers({ images: answer })
    expect(await rejectionOf(read())).toMatchObject({ code, dataSet: 'other_usage' })
  })
})

test('Days that a kind leaves out are named by kind: another one can have usage on them', async () => {
  answers({ images: page(bucket(10)) })
  const { daysLeftOut, daysLeftOutOf } = await read()
  expect(daysLeftOut).toEqual([])
  expect(daysLeftOutOf).toMatchObject({ images: ['2026-03-09'], embeddings: [] })
})

test('Once an end in the future was refused for one report, no report asks for one', async () => {
  server.answers((url) => (url.searchParams.has('end_time') ? { status: 400 } : ofDays()))
  const { organization } = openOrganization(server.baseUrl)
  await organization.series.usage.check(new Date(march(10) * 1_000))
  server.answers((url) => (url.searchParams.has('end_time') ? { status: 400 } : ofDays()))
  await organization.series.other_usage.read(TWO_DAYS)
  expect(server.requests.map(({ url }) => url.searchParams.has('end_time'))).not.toContain(true)
})

describe('The key check asks for each kind once,', () => {
  const check = () =>
    openOrganization(server.baseUrl).organization.series.other_usage.check(new Date(march(10) * 1_000))

  test('with the smallest request', async () => {
    answers({})
    expect(await check()).toEqual([])
    expect(server.requests).toHaveLength(10)
    expect(new Set(server.requests.map(({ url }) => kindOf(url))).size).toBe(10)
    expect(new Set(server.requests.map(({ url }) => url.searchParams.get('limit')))).toEqual(new Set(['1']))
  })

  test('and returns those that are refused', async () => {
    answers({ embeddings: NOT_FOUND, moderations: FORBIDDEN })
    expect(await check()).toEqual([
      { part: 'embeddings', code: 'data_set_unavailable', readAt: null },
      { part: 'moderations', code: 'insufficient_permissions', readAt: null },
    ])
  })

  test('and fails when none can be read', async () => {
    server.answers(() => NOT_FOUND)
    expect(await rejectionOf(check())).toMatchObject({ code: 'data_set_unavailable' })
    expect(server.requests).toHaveLength(10)
  })

  test('and fails for a reason that says nothing about the kind', async () => {
    server.answers(() => ({ status: 401, json: { error: { message: 'no', code: 'invalid_api_key' } } }))
    expect(await rejectionOf(check())).toMatchObject({ code: 'invalid_admin_key' })
    expect(server.requests).toHaveLength(10)
  })
})
