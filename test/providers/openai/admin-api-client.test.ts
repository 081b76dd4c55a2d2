import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { AdminApiKey } from '../../../shared/domain/admin-api-key.ts'
import { openOrganization, rejectionOf, SECRET, startScriptedServer, type Scripted } from './scripted-server.ts'

let server: Awaited<ReturnType<typeof startScriptedServer>>
beforeAll(async () => {
  server = await startScriptedServer()
})
afterAll(() => server.close())

const EMPTY: Scripted = { json: { object: 'list', data: [], has_more: false } }
const INCORRECT = { error: { message: `Incorrect API key provided: ${SECRET}`, code: 'invalid_api_key' } }
const NO_SCOPE = 'You have insufficient permissions for this operation. Missing scopes: api.management.read.'

/** Reads the directory from a server that answers so: one after the other, the last one ever after. */
async function read(script: Scripted[], options: Parameters<typeof openOrganization>[1] = {}) {
  server.answers((_url, index) => script[Math.min(index, script.length - 1)] ?? EMPTY)
  const { organization, waits } = openOrganization(server.baseUrl, options)
  const outcome = await organization.directory.read().catch((error: unknown) => error)
  return { outcome, waits, requests: server.requests.length }
}

test('the key travels in the Authorization header alone', async () => {
  expect(await read([EMPTY])).toEqual({ outcome: [], waits: [], requests: 1 })
  expect(server.requests[0]?.authorization).toBe(`Bearer ${SECRET}`)
  expect(server.requests[0]?.url.href).not.toContain(SECRET)
})

describe('what may pass is asked for again', () => {
  test.each<[string, Scripted]>([
    ['408', { status: 408 }],
    ['409', { status: 409 }],
    ['429', { status: 429 }],
    ['500', { status: 500 }],
    ['503 with HTML', { status: 503, text: '<html>' }],
    ['a body cut off', { ...EMPTY, ending: 'cut' }],
    ['a body that is not JSON', { text: '<html>' }],
    ['JSON that ends early', { text: '{"data":[' }],
    ['a reply of the wrong form', { json: { data: 'none' } }],
  ])('%s', async (_title, scripted) => {
    const { outcome, waits, requests } = await read([scripted, EMPTY])
    expect(outcome).toEqual([])
    expect(requests).toBe(2)
    expect(waits).toHaveLength(1)
    expect(waits[0]).toBeGreaterThanOrEqual(250)
    expect(waits[0]).toBeLessThanOrEqual(500)
  })

  test('a body that never ends runs into the time of its attempt', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'Date', 'performance'] })
    try {
      const { outcome, requests } = await read([{ ...EMPTY, ending: 'hang' }, EMPTY], {
        attemptTimeoutMs: 60_000,
        fetch: async (...request) => {
          const response = await fetch(...request)
          // The first answer has begun: from here on, only time can end it.
          if (server.requests.length === 1) setImmediate(() => jest.advanceTimersByTime(60_000))
          return response
        },
      })
      expect(outcome).toEqual([])
      expect(requests).toBe(2)
    } finally {
      jest.useRealTimers()
    }
  })
})

describe('what does not pass ends after so many attempts with its code', () => {
  test.each<[string, Scripted, string, number]>([
    ['429', { status: 429, json: { error: { code: 'insufficient_quota' } } }, 'provider_rate_limited', 5],
    ['502', { status: 502 }, 'provider_unreachable', 5],
    ['a body cut off', { ...EMPTY, ending: 'cut' }, 'provider_unreachable', 5],
    ['no JSON', { text: 'ok' }, 'unexpected_reply', 5],
    ['the wrong form', { json: { data: [] } }, 'unexpected_reply', 2],
    ['400', { status: 400, json: { error: { message: 'no', code: 'x' } } }, 'unexpected_reply', 1],
    ['404 with junk', { status: 404, text: 'nowhere' }, 'unexpected_reply', 1],
    ['a redirect', { status: 302, headers: { location: '/v1/elsewhere' } }, 'provider_unreachable', 5],
    ['401 invalid_api_key', { status: 401, json: INCORRECT }, 'invalid_admin_key', 1],
    [
      '401 invalid_api_key that speaks of scopes',
      { status: 401, json: { error: { code: 'invalid_api_key', message: NO_SCOPE } } },
      'invalid_admin_key',
      1,
    ],
    ['401 with a bare text', { status: 401, json: { error: 'Who are you?' } }, 'invalid_admin_key', 1],
    ['401 with junk', { status: 401, text: '<html>' }, 'invalid_admin_key', 1],
    ['401 of scopes', { status: 401, json: { error: { message: NO_SCOPE } } }, 'insufficient_permissions', 1],
    ['401 of scopes, bare', { status: 401, json: { error: NO_SCOPE } }, 'insufficient_permissions', 1],
    ['403', { status: 403, json: { error: { message: NO_SCOPE, code: null } } }, 'insufficient_permissions', 1],
    ['403 with junk', { status: 403, text: 'no' }, 'insufficient_permissions', 1],
    [
      'account_deactivated',
      { status: 401, json: { error: { code: 'account_deactivated' } } },
      'account_deactivated',
      1,
    ],
  ])('%s', async (_title, scripted, code, requests) => {
    const result = await read([scripted])
    expect(result.outcome).toMatchObject({ name: 'ProviderError', code, dataSet: 'directory' })
    expect(result.requests).toBe(requests)
    expect(inspect(result.outcome, { depth: 10 })).not.toContain('verysecret')
  })

  test('of an error body, only its beginning is read: what comes after 64 KB says nothing', async () => {
    const json = { error: { padding: 'x'.repeat(64 * 1024), message: NO_SCOPE } }
    expect((await read([{ status: 401, json }])).outcome).toMatchObject({ code: 'invalid_admin_key' })
  })

  test.each<[string, number]>([
    ['invalid_admin_key', 401],
    ['insufficient_permissions', 403],
    ['unexpected_reply', 404],
  ])('an error body without an end is %s by its status, %i', async (code, status) => {
    const { outcome, requests } = await read([{ status, text: 'x'.repeat(256 * 1024), ending: 'hang' }])
    expect(outcome).toMatchObject({ code })
    expect(requests).toBe(1)
  })

  test('a key of another kind without the scope is not an Admin key', async () => {
    const key = new AdminApiKey('sk-proj-verysecret')
    const { outcome } = await read([{ status: 403, json: { error: NO_SCOPE } }], { key })
    expect(outcome).toMatchObject({ code: 'not_an_admin_key' })
  })

  test('nobody listening is provider_unreachable, with nothing of the key', async () => {
    const gone = await startScriptedServer()
    await gone.close()
    const { organization } = openOrganization(gone.baseUrl)
    const error = await rejectionOf(organization.directory.read())
    expect(error).toMatchObject({ code: 'provider_unreachable' })
    expect(inspect(error, { depth: 10 })).not.toContain('verysecret')
  })

  test('a key that no header can carry is refused unsent and unrepeated', async () => {
    const { outcome, requests } = await read([EMPTY], { key: new AdminApiKey('sk-admin-very\nsecret') })
    expect(outcome).toMatchObject({ code: 'invalid_admin_key' })
    expect(requests).toBe(0)
    expect(inspect(outcome, { depth: 10 })).not.toContain('secret')
  })
})

describe('a wait that OpenAI asks for is kept to', () => {
  test.each<[string, Record<string, string>, number]>([
    ['in seconds', { 'retry-after': '90' }, 90_000],
    ['as a date', { 'retry-after': 'Tue, 10 Mar 2026 12:02:00 GMT' }, 120_000],
    ['in milliseconds first', { 'retry-after-ms': '1500', 'retry-after': '9' }, 1500],
  ])('%s', async (_title, headers, waitMs) => {
    expect(await read([{ status: 429, headers }, EMPTY])).toEqual({ outcome: [], waits: [waitMs], requests: 2 })
  })

  test.each<[number, string]>([
    [429, 'provider_rate_limited'],
    [503, 'provider_unreachable'],
  ])('a wait past the deadline ends a %i at once', async (status, code) => {
    const { outcome, waits, requests } = await read([{ status, headers: { 'retry-after': '600' } }])
    expect(outcome).toMatchObject({ code })
    expect({ waits, requests }).toEqual({ waits: [], requests: 1 })
  })

  test('one that cannot be understood is backed off from', async () => {
    const { waits } = await read([{ status: 429, headers: { 'retry-after': 'later' } }, EMPTY])
    expect(waits[0]).toBeLessThanOrEqual(500)
  })
})

test('nothing is sent after the deadline', async () => {
  const { outcome, requests } = await read([EMPTY], { deadline: new Date('2026-03-10T12:00:00.000Z') })
  expect(outcome).toMatchObject({ code: 'provider_unreachable' })
  expect(requests).toBe(0)
})
