import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type Recount, recount } from './recount.ts'

/** 2026-11-23 and 2026-11-24, in unix seconds. */
const MONDAY = 1_795_392_000
const TUESDAY = 1_795_478_400
const WINDOW = { from: '2026-11-23', to: '2026-11-24' }
const NOW = new Date('2026-11-24T15:00:00.000Z')

interface Scripted {
  readonly status?: number
  readonly body: unknown
}

let server: Server
let baseUrl: string
let asked: string[]
let replies: Map<string, Scripted[]>
beforeEach(async () => {
  asked = []
  replies = new Map()
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    asked.push(`${url.pathname}${url.search}`)
    const { status = 200, body } = replies.get(url.pathname)?.shift() ?? {
      status: 400,
      body: { error: 'nothing left' },
    }
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/v1`
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

function script(users: Scripted[], usage: Scripted[]): Promise<Recount> {
  replies.set('/v1/organization/users', users)
  replies.set('/v1/organization/usage/completions', usage)
  return recount(baseUrl, 'sk-admin-made-up', WINDOW, NOW)
}

function row(user: string | null, model: string, requests: number | string, tokens = 100) {
  const numbers = { input_tokens: tokens, input_cached_tokens: tokens / 10, output_tokens: tokens / 2 }
  return { user_id: user, model, num_model_requests: requests, ...numbers }
}

function numbers(requests: number, inputTokens: number) {
  return { requests, inputTokens, cachedInputTokens: inputTokens / 10, outputTokens: inputTokens / 2 }
}

const USERS: Scripted[] = [
  {
    body: {
      data: [
        { id: 'ana', email: 'ana@acme.example', name: 'Ana', role: 'owner', added_at: 1_767_225_600 },
        { id: 'bo', added_at: '1767225600', user: { email: 'bo@acme.example', enabled: false, banned: false } },
      ],
      has_more: true,
    },
  },
  {
    body: {
      data: [
        { id: 'bo', added_at: '1767225600', user: { email: 'bo@acme.example', enabled: false, banned: false } },
        { id: 'cy', email: null, added_at: 1_767_225_600, user: { banned: true }, api_key_last_used_at: TUESDAY + 60 },
        { id: 'bot', added_at: 1_767_225_600, is_service_account: true, api_key_last_used_at: MONDAY },
      ],
      has_more: false,
    },
  },
]

test('Members are read page by page, each once, with what the nested user says', async () => {
  const { members, userIds } = await script([...USERS], [{ body: { data: [], has_more: false } }])
  expect(userIds).toEqual(['ana', 'bo', 'cy', 'bot'])
  expect(members.get('ana')).toEqual({
    email: 'ana@acme.example',
    name: 'Ana',
    role: 'owner',
    status: 'active',
    kind: 'person',
    isScimManaged: false,
    addedAt: '2026-01-01T00:00:00.000Z',
    apiKeyLastUsedAt: null,
  })
  expect(members.get('bo')).toMatchObject({ email: 'bo@acme.example', status: 'disabled', role: null })
  expect(members.get('cy')).toMatchObject({ email: null, status: 'banned', kind: 'person' })
  expect(members.get('bot')).toMatchObject({ kind: 'service_account' })
  expect(asked.slice(0, 2)).toEqual(['/v1/organization/users?limit=100', '/v1/organization/users?limit=100&after=bo'])
})

test('Rows are summed by day, model and user; former members and rows without a user are told apart', async () => {
  const monday = { start_time: MONDAY, results: [row('ana', 'gpt-5', 3), row('gone', 'gpt-5', 4), row(null, 'o4', 5)] }
  const tuesday = { start_time: TUESDAY, results: [row('ana', 'gpt-5', '6', 200), row('ana', 'o4', 0, 0)] }
  const counted = await script(
    [...USERS],
    [
      { body: { data: [monday], has_more: true, next_page: 'next' } },
      { body: { data: [tuesday], has_more: false, next_page: null } },
    ],
  )
  expect(Object.fromEntries(counted.byDayUserModel)).toEqual({
    '["2026-11-23","ana","gpt-5"]': numbers(3, 100),
    '["2026-11-23","gone","gpt-5"]': numbers(4, 100),
    '["2026-11-23",null,"o4"]': numbers(5, 100),
    '["2026-11-24","ana","gpt-5"]': numbers(6, 200),
    '["2026-11-24","ana","o4"]': numbers(0, 0),
  })
  expect(Object.fromEntries(counted.byDay)).toEqual({ '2026-11-23': numbers(12, 300), '2026-11-24': numbers(6, 200) })
  expect(Object.fromEntries(counted.byModel)).toEqual({ 'gpt-5': numbers(13, 400), o4: numbers(5, 100) })
  expect(Object.fromEntries(counted.byUser)).toEqual({ ana: numbers(9, 300), gone: numbers(4, 100) })
  expect(counted.formerMembers).toEqual(numbers(4, 100))
  expect(counted.unattributed).toEqual(numbers(5, 100))
  expect(counted.total).toEqual(numbers(18, 500))
  expect(counted.rawRows).toBe(5)
})

test('Last activity is the later evidence; usage wins on the same day, and a row of no requests is none', async () => {
  const monday = {
    start_time: MONDAY,
    results: [row('ana', 'gpt-5', 3), row('bot', 'gpt-5', 1), row('cy', 'gpt-5', 1)],
  }
  const tuesday = { start_time: TUESDAY, results: [row('ana', 'gpt-5', 0), row('gone', 'gpt-5', 2)] }
  const { lastActivity } = await script([...USERS], [{ body: { data: [monday, tuesday], has_more: false } }])
  expect(Object.fromEntries(lastActivity)).toEqual({
    ana: { on: '2026-11-23', source: 'usage' },
    bot: { on: '2026-11-23', source: 'usage' },
    cy: { on: '2026-11-24', source: 'api_key' },
  })
})

test('Empty pages, a bucket twice, a future bucket and a last token that is refused count nothing twice', async () => {
  const monday = { start_time: MONDAY, results: [row('ana', 'gpt-5', 3)] }
  const future = { start_time: TUESDAY + 86_400, results: [row('ana', 'gpt-5', 9)] }
  const { total } = await script(
    [...USERS],
    [
      { body: { data: [], has_more: true, next_page: 'a' } },
      { body: { data: [monday], has_more: true, next_page: 'b' } },
      { body: { data: [monday, future], has_more: true, next_page: 'c' } },
      { status: 400, body: { error: 'The page token is invalid' } },
    ],
  )
  expect(total).toEqual(numbers(3, 100))
})

test('Replies of 429, 500, HTML and half a body are asked for again; a refusal ends it', async () => {
  const page = { data: [{ start_time: MONDAY, results: [row('ana', 'gpt-5', 3)] }], has_more: false }
  const troubles = [{ status: 429, body: {} }, { status: 500, body: {} }, { body: '<html>' }, { body: '{"data":[' }]
  expect((await script([...USERS], [...troubles, { body: page }])).total).toEqual(numbers(3, 100))
  await expect(script([{ status: 401, body: { error: 'no' } }], [])).rejects.toMatchObject({ status: 401 })
})
