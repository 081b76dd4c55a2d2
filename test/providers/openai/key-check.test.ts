import { inspect } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { checkKey, KEY_CHECK_MS } from '../../../shared/providers/check-key.ts'
import { dataSetsRead } from '../../../shared/providers/find-provider.ts'
import { openai } from '../../../shared/providers/openai/openai.ts'
import { bucket, openOrganization } from './openai-bench.ts'
import { NOW, startScriptedServer, type Scripted } from '../scripted-server.ts'

let server: Awaited<ReturnType<typeof startScriptedServer>>
beforeAll(async () => {
  server = await startScriptedServer()
})
afterAll(() => server.close())

const USERS: Scripted = { json: { data: [{ id: 'u', added_at: 1 }], has_more: true } }
const USAGE: Scripted = { json: { data: [bucket(10)], has_more: false, next_page: null } }
const NO_KEYS: Scripted = { json: { data: [], has_more: false } }

async function check(
  answers: { users?: Scripted; usage?: Scripted; keys?: Scripted; lists?: Scripted },
  dataSets = openai.dataSets,
) {
  server.answers((url) => {
    if (url.pathname.endsWith('/users')) return answers.users ?? USERS
    if (/\/(usage\/|costs$)/.test(url.pathname)) return answers.usage ?? USAGE
    return url.pathname.endsWith('/admin_api_keys') ? (answers.keys ?? NO_KEYS) : (answers.lists ?? NO_KEYS)
  })
  const deadline = new Date(NOW.getTime() + KEY_CHECK_MS)
  const { organization, waits } = openOrganization(server.baseUrl, { deadline })
  return { check: await checkKey(openai, organization, NOW, dataSets), waits }
}

function key(redacted: string, expiresAt: unknown = 1_800_000_000) {
  return { id: `key-${redacted}`, redacted_value: redacted, expires_at: expiresAt }
}

function keys(...data: unknown[]): Scripted {
  return { json: { data, has_more: false } }
}

test('a key that reads all data sets is valid, each tried with one small request', async () => {
  expect((await check({})).check).toEqual({
    valid: true,
    key: { expiresAt: null, organization: null },
    checks: [
      { dataSet: 'directory', required: true, ok: true, code: null, detail: null },
      { dataSet: 'usage', required: true, ok: true, code: null, detail: null },
      { dataSet: 'other_usage', required: false, ok: true, code: null, detail: null },
      { dataSet: 'costs', required: false, ok: true, code: null, detail: null },
      { dataSet: 'keys', required: false, ok: true, code: null, detail: null },
      { dataSet: 'invites', required: false, ok: true, code: null, detail: null },
      { dataSet: 'logins', required: false, ok: true, code: null, detail: null },
    ],
  })
  const limits = server.requests.map(({ url }) => Number(url.searchParams.get('limit')))
  // The kinds of usage beside the primary one are ten.
  expect(limits.toSorted((left, right) => left - right)).toEqual([...Array<number>(16).fill(1), 100])
})

test('a key that lacks one permission is told which', async () => {
  const { check: result } = await check({ usage: { status: 403, json: { error: 'Missing scopes: api.usage.read' } } })
  expect(result.valid).toBe(false)
  expect(result.checks[0]?.ok).toBe(true)
  expect(result.checks[1]).toMatchObject({ dataSet: 'usage', ok: false, code: 'insufficient_permissions' })
  expect(result.checks[1]?.detail).toContain('api.usage.read')
})

test('a key that cannot read an optional data set is valid, and told which', async () => {
  const { check: result } = await check({ lists: { status: 403, json: { error: 'Missing scopes' } } })
  expect(result.valid).toBe(true)
  const missing = result.checks.filter(({ ok }) => !ok)
  expect(missing.map(({ dataSet, code }) => [dataSet, code])).toEqual([
    ['keys', 'insufficient_permissions'],
    ['invites', 'insufficient_permissions'],
    ['logins', 'insufficient_permissions'],
  ])
  const permissions = ['api.management.read', 'api.management.read', 'api.audit_logs.read']
  for (const [index, { detail }] of missing.entries()) expect(detail).toContain(permissions[index])
})

test('a key that may not read single kinds of usage is valid, and told which', async () => {
  const forbidden: Scripted = { status: 403, json: { error: 'Missing scopes' } }
  server.answers((url) => {
    if (/\/(images|decisions)$/.test(url.pathname)) return forbidden
    if (url.pathname.endsWith('/moderations')) return { status: 404 }
    if (url.pathname.endsWith('/users')) return USERS
    return /\/(usage\/|costs$)/.test(url.pathname) ? USAGE : NO_KEYS
  })
  const result = await checkKey(openai, openOrganization(server.baseUrl).organization, NOW)
  expect(result.valid).toBe(true)
  expect(result.checks[2]).toEqual({
    dataSet: 'other_usage',
    required: false,
    ok: true,
    code: null,
    detail: 'The key lacks the permission for a part of it, which syncs leave out: images, decisions.',
  })
})

test('a wrong key fails all, and nothing of it is repeated', async () => {
  const refusal = { status: 401, json: { error: { message: 'Incorrect: verysecret', code: 'invalid_api_key' } } }
  const { check: result } = await check({ users: refusal, usage: refusal, lists: refusal })
  expect(result.checks.map(({ code }) => code)).toEqual(Array(7).fill('invalid_admin_key'))
  expect(inspect(result, { depth: 10 })).not.toContain('verysecret')
})

test('a key is not tried for a data set that is switched off', async () => {
  const { check: result } = await check({}, dataSetsRead(openai, ['invites']))
  expect(result.checks.map(({ dataSet }) => dataSet)).toEqual(['directory', 'usage', 'invites'])
  expect(server.requests.map(({ url }) => url.pathname)).not.toContain('/v1/organization/audit_logs')
})

test('a wait past the 14 seconds of a check is not waited for', async () => {
  const { check: result, waits } = await check({ users: { status: 429, headers: { 'retry-after': '15' } } })
  expect(result.checks.map(({ code }) => code)).toEqual(['provider_rate_limited', ...Array(6).fill(null)])
  expect(waits).toEqual([])
})

test.each<[string, Scripted, string | null]>([
  ['is that of the one key that ends alike', keys(key('sk-…wxyz'), key('sk-…abcd')), '2027-01-15T08:00:00.000Z'],
  ['is unknown when two keys end alike', keys(key('sk-…wxyz'), key('sk-admin-…wxyz')), null],
  ['is unknown when no key does', keys(key('sk-…abcd')), null],
  ['is none for a key that never expires', keys(key('sk-…wxyz', null)), null],
  ['is unknown when the list may not be read', { status: 403 }, null],
  ['is unknown when the list is junk', { text: '<html>' }, null],
  ['is unknown when the list asks to wait', { status: 429, headers: { 'retry-after': '5' } }, null],
  ['is unknown when there are too many keys', { json: { data: [key('sk-…wxyz')], has_more: true } }, null],
])('the expiry %s', async (_title, answer, expiresAt) => {
  const { check: result } = await check({ keys: answer })
  expect(result).toMatchObject({ valid: true, key: { expiresAt } })
})
