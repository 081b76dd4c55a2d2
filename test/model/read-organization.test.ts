import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { usageAnswer } from './answers.ts'
import { Model } from './model.ts'
import type { ModelOrganization } from './organization.ts'
import { readOrganization } from './read-organization.ts'
import { allUsers } from './users.ts'

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
    const scripted = replies.get(url.pathname)
    const { status = 200, body } = scripted?.shift() ?? {
      status: scripted === undefined ? 404 : 400,
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

/** Reads the organization of a server that answers so, one reply after the other. */
function read(users: Scripted[], usage: Scripted[]): Promise<ModelOrganization> {
  replies.set('/v1/organization/users', users)
  replies.set('/v1/organization/usage/completions', usage)
  return readOrganization({ baseUrl, key: 'sk-admin-made-up' }, WINDOW, NOW)
}

function row(user: string | null, model: string, requests: number | string, tokens = 100) {
  const numbers = { input_tokens: tokens, input_cached_tokens: tokens / 10, output_tokens: tokens / 2 }
  return { user_id: user, model, num_model_requests: requests, ...numbers }
}

/** The model after one sync of what was read. */
function synced(found: ModelOrganization): Model {
  const model = new Model()
  const ended = model.sync({ id: 's', trigger: 'connect' }, { startedMs: NOW.getTime(), endedMs: NOW.getTime() }, found)
  expect(ended.state).toBe('succeeded')
  return model
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

test('People are read page by page, once each, with the fields of the nested user', async () => {
  const { people } = await read([...USERS], [{ body: { data: [], has_more: false } }])
  expect(people.map(({ id }) => id)).toEqual(['ana', 'bo', 'bot', 'cy'])
  expect(people[0]).toEqual({
    id: 'ana',
    email: 'ana@acme.example',
    name: 'Ana',
    role: 'owner',
    isServiceAccount: false,
    isScimManaged: false,
    enabled: true,
    banned: false,
    addedAt: 1_767_225_600,
    keyLastUsedAt: null,
    projects: null,
  })
  expect(people[1]).toMatchObject({ email: 'bo@acme.example', enabled: false, banned: false, addedAt: 1_767_225_600 })
  expect(people[2]).toMatchObject({ isServiceAccount: true, keyLastUsedAt: MONDAY })
  expect(people[3]).toMatchObject({ email: null, banned: true, keyLastUsedAt: TUESDAY + 60 })
  expect(asked.slice(0, 2)).toEqual(['/v1/organization/users?limit=100', '/v1/organization/users?limit=100&after=bo'])
})

test('Rows are summed by day, model and user; unknown ids and rows without a user are distinguished', async () => {
  const monday = { start_time: MONDAY, results: [row('ana', 'gpt-5', 3), row('gone', 'gpt-5', 4), row(null, 'o4', 5)] }
  const tuesday = { start_time: TUESDAY, results: [row('ana', 'gpt-5', '6', 200), row('ana', 'o4', 0, 0)] }
  const model = synced(
    await read(
      [...USERS],
      [
        { body: { data: [monday], has_more: true, next_page: 'next' } },
        { body: { data: [tuesday], has_more: false, next_page: null } },
      ],
    ),
  )
  const answer = (groupBy: 'day' | 'model' | 'user') => usageAnswer(model, NOW.getTime(), groupBy, {})
  expect(answer('day').items).toMatchObject([
    { day: '2026-11-23', ...numbers(12, 300) },
    { day: '2026-11-24', ...numbers(6, 200), models: [{ model: 'gpt-5', ...numbers(6, 200) }] },
  ])
  expect(answer('model').items).toEqual([
    { model: 'gpt-5', ...numbers(13, 400) },
    { model: 'o4', ...numbers(5, 100) },
  ])
  expect(answer('user').items).toEqual([
    { userId: 'ana', name: 'Ana', email: 'ana@acme.example', kind: 'member', ...numbers(9, 300) },
    { userId: null, name: null, email: null, kind: 'not_listed', ...numbers(4, 100) },
    { userId: null, name: null, email: null, kind: 'unattributed', ...numbers(5, 100) },
  ])
  expect(answer('day').total).toEqual(numbers(18, 500))
})

test('Last activity is the later evidence; usage wins on the same day, and rows without requests do not count', async () => {
  const monday = {
    start_time: MONDAY,
    results: [row('ana', 'gpt-5', 3), row('bot', 'gpt-5', 1), row('cy', 'gpt-5', 1)],
  }
  const tuesday = { start_time: TUESDAY, results: [row('ana', 'gpt-5', 0), row('gone', 'gpt-5', 2)] }
  const model = synced(await read([...USERS], [{ body: { data: [monday, tuesday], has_more: false } }]))
  expect(allUsers(model).map((user) => [user.id, user.lastActiveOn, user.lastActivitySource])).toEqual([
    ['ana', '2026-11-23', 'usage'],
    ['bo', null, null],
    ['bot', '2026-11-23', 'usage'],
    ['cy', '2026-11-24', 'api_key'],
  ])
})

test('Empty pages, a repeated bucket, a future bucket and a refused last token count nothing twice', async () => {
  const monday = { start_time: MONDAY, results: [row('ana', 'gpt-5', 3)] }
  const future = { start_time: TUESDAY + 86_400, results: [row('ana', 'gpt-5', 9)] }
  const { usage } = await read(
    [...USERS],
    [
      { body: { data: [], has_more: true, next_page: 'a' } },
      { body: { data: [monday], has_more: true, next_page: 'b' } },
      { body: { data: [monday, future], has_more: true, next_page: 'c' } },
      { status: 400, body: { error: 'The page token is invalid' } },
    ],
  )
  expect(usage).toEqual([{ day: '2026-11-23', userId: 'ana', model: 'gpt-5', ...numbers(3, 100) }])
})

test('Replies with 429, 500, HTML and a truncated body are retried; a refusal ends the read', async () => {
  const page = { data: [{ start_time: MONDAY, results: [row('ana', 'gpt-5', 3)] }], has_more: false }
  const troubles = [{ status: 429, body: {} }, { status: 500, body: {} }, { body: '<html>' }, { body: '{"data":[' }]
  expect((await read([...USERS], [...troubles, { body: page }])).usage).toHaveLength(1)
  await expect(read([{ status: 401, body: { error: 'no' } }], [])).rejects.toMatchObject({ status: 401 })
})
