import { inspect } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { AdminApiKey } from '../../../shared/domain/admin-api-key.ts'
import { anthropic } from '../../../shared/providers/anthropic/anthropic.ts'
import { checkKey, KEY_CHECK_MS } from '../../../shared/providers/check-key.ts'
import {
  list,
  openOrganization,
  page,
  SECRET,
  startScriptedAnthropic,
  usageRow,
  WORKSPACE_SECRET,
} from './anthropic-bench.ts'
import { NOW, type Scripted } from '../scripted-server.ts'

let server: Awaited<ReturnType<typeof startScriptedAnthropic>>
beforeAll(async () => {
  server = await startScriptedAnthropic()
})
afterAll(() => server.close())

interface Answers {
  readonly lists?: Scripted
  readonly analytics?: Scripted
  readonly me?: Scripted
}

async function check(answers: Answers, secret = SECRET) {
  server.answers((url) => {
    if (url.pathname.endsWith('/me')) return answers.me ?? { json: { id: 'org_1', name: 'Acme', type: 'organization' } }
    const isReport = url.pathname.includes('/analytics/')
    return isReport ? (answers.analytics ?? page([usageRow('2026-03-09', 1)].slice(1))) : (answers.lists ?? list())
  })
  const deadline = new Date(NOW.getTime() + KEY_CHECK_MS)
  const organization = openOrganization(server.baseUrl, { deadline, key: new AdminApiKey(secret) })
  return checkKey(anthropic, organization, NOW)
}

const codesOf = ({ checks }: Awaited<ReturnType<typeof check>>) =>
  Object.fromEntries(checks.map(({ dataSet, code }) => [dataSet, code]))
const EVERY = (code: string | null) => ({
  directory: code,
  usage: code,
  other_usage: code,
  costs: code,
  keys: code,
  invites: code,
})
const ANALYTICS = (code: string | null) => ({ usage: code, other_usage: code, costs: code })

test('a key that reads all data sets is valid, tried with small requests about days that have ended', async () => {
  const result = await check({})
  expect(result).toMatchObject({ valid: true, key: { expiresAt: null, organization: { id: 'org_1', name: 'Acme' } } })
  expect(codesOf(result)).toEqual(EVERY(null))
  const paths = server.requests.map(({ url }) => url.pathname.replace('/v1/organizations/', ''))
  expect(paths.toSorted()).toEqual(['analytics/cost', 'analytics/usage', 'api_keys', 'invites', 'me', 'users'])
  for (const { url } of server.requests.filter(({ url: each }) => each.pathname.includes('/analytics/'))) {
    expect(url.searchParams.get('starting_at')).toBe('2026-03-09T00:00:00.000Z')
    expect(url.searchParams.get('ending_at')).toBe('2026-03-10T00:00:00.000Z')
    expect(url.searchParams.get('limit')).toBe('1')
  }
})

test('an organization whose analytics are refused is told which, why, and what there is instead', async () => {
  const refusal = { type: 'error', error: { type: 'invalid_request_error', message: `No: ${SECRET}` } }
  const result = await check({ analytics: { status: 400, json: refusal } })
  expect(result.valid).toBe(false)
  expect(codesOf(result)).toEqual({ ...EVERY(null), ...ANALYTICS('data_set_unavailable') })
  const details = result.checks.map(({ detail }) => detail ?? '')
  expect(details[1]).toMatch(/usage figures \(data set “usage”\).*HIPAA readiness.*beta.*nothing was stored.*Console/)
  expect(details[3]).toMatch(/costs \(data set “costs”\).*HIPAA readiness/)
  expect(inspect(result, { depth: 10 })).not.toContain('verysecret')
})

test.each<[string, number, string, string]>([
  ['a wrong key', 401, SECRET, 'invalid_admin_key'],
  ['a key of a workspace', 401, WORKSPACE_SECRET, 'not_an_admin_key'],
  ['a key of a workspace', 403, WORKSPACE_SECRET, 'not_an_admin_key'],
  ['a key of an organization that did not pay', 402, SECRET, 'account_deactivated'],
])('%s, answered with %i, fails all', async (_title, status, secret, code) => {
  const refusal = { status, json: { type: 'error', error: { type: 'error', message: secret } } }
  const result = await check({ lists: refusal, analytics: refusal, me: refusal }, secret)
  expect(codesOf(result)).toEqual(EVERY(code))
  expect(inspect(result, { depth: 10 })).not.toContain('verysecret')
})

test('a key without a scope is told which', async () => {
  const { checks, ...result } = await check({ analytics: { status: 403 } })
  expect(codesOf({ checks, ...result })).toEqual({ ...EVERY(null), ...ANALYTICS('insufficient_permissions') })
  expect(checks[1]?.detail).toContain('read:analytics')
})

test('an overloaded Anthropic is not the key', async () => {
  const result = await check({ analytics: { status: 529 } })
  expect(codesOf(result)).toEqual({ ...EVERY(null), ...ANALYTICS('provider_unreachable') })
  expect(result.checks[1]?.detail).toContain('not the key')
})

test('a wait past the 14 seconds of a check is not waited for', async () => {
  const result = await check({ lists: { status: 429, headers: { 'retry-after': '15' } } })
  expect(codesOf(result)).toEqual({ ...EVERY('provider_rate_limited'), ...ANALYTICS(null) })
})

test('a key whose organization cannot be read now is valid', async () => {
  expect(await check({ me: { status: 404 } })).toMatchObject({ valid: true, key: { organization: null } })
})
