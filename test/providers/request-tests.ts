import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { ProviderDriver } from './provider-driver.ts'
import { type ScriptedOrganization, startScriptedOrganization } from './scripted-organization.ts'
import { noTimeout } from '../watchdog.ts'
import { rejectionOf, startScriptedServer, type Scripted } from './scripted-server.ts'

/** Tests of sending, retrying and failing requests, and of redaction. */
export function requestTests(driver: ProviderDriver): void {
  const EMPTY = driver.replies.directory([])
  const malformed = driver.replies.malformedDirectory
  let scripted: ScriptedOrganization
  beforeAll(async () => {
    scripted = await startScriptedOrganization(driver)
  })
  afterAll(() => scripted.close())
  const read: ScriptedOrganization['readDirectory'] = (...asked) => scripted.readDirectory(...asked)

  test('has the key only in its header', async () => {
    expect(await read([EMPTY])).toEqual({ outcome: [], waits: [], requests: 1 })
    const [request] = scripted.server.requests
    const [name, value] = driver.keyHeader(driver.adminKey)
    const { [name]: sent, ...others } = request?.headers ?? {}
    expect(sent).toBe(value)
    expect(inspect([request?.url.href, others])).not.toContain('verysecret')
  })

  describe('is retried after', () => {
    test.each<[string, Scripted]>([
      ['408', { status: 408 }],
      ['409', { status: 409 }],
      ['429', { status: 429 }],
      ['500', { status: 500 }],
      ['503 with HTML', { status: 503, text: '<html>' }],
      ['529', { status: 529 }],
      ['a body cut off', { ...EMPTY, ending: 'cut' }],
      ['a body that is not JSON', { text: '<html>' }],
      ['JSON that ends early', { text: '{"data":[' }],
      ['a reply of the wrong form', malformed],
    ])('%s', async (_title, answer) => {
      const { outcome, waits, requests } = await read([answer, EMPTY])
      expect({ outcome, requests }).toEqual({ outcome: [], requests: 2 })
      expect(waits).toHaveLength(1)
      expect(waits[0]).toBeGreaterThanOrEqual(250)
      expect(waits[0]).toBeLessThanOrEqual(500)
    })

    test('a body that never ends, when the attempt times out', async () => {
      const limits: number[] = []
      const firstAttempt = new AbortController()
      const { outcome, requests } = await read([{ ...EMPTY, ending: 'hang' }, EMPTY], {
        timeout: (ms) => (limits.push(ms) === 1 ? firstAttempt.signal : noTimeout()),
        fetch: async (...request) => {
          const response = await fetch(...request)
          // The first answer has begun. From here on, only the timeout can end it.
          if (scripted.server.requests.length === 1) setImmediate(() => firstAttempt.abort())
          return response
        },
      })
      expect({ outcome, requests, limits }).toEqual({ outcome: [], requests: 2, limits: [60_000, 60_000] })
    })
  })

  describe('fails with its code after a number of attempts:', () => {
    test.each<[string, Scripted, string, number]>([
      ['429', { status: 429 }, 'provider_rate_limited', 5],
      ['502', { status: 502 }, 'provider_unreachable', 5],
      ['a body cut off', { ...EMPTY, ending: 'cut' }, 'provider_unreachable', 5],
      ['no JSON', { text: 'ok' }, 'unexpected_reply', 5],
      ['the wrong form', malformed, 'unexpected_reply', 2],
      ['400', { status: 400, json: { error: { message: 'no', code: 'x' } } }, 'unexpected_reply', 1],
      ['404 with junk', { status: 404, text: 'nowhere' }, 'unexpected_reply', 1],
      ['a redirect', { status: 302, headers: { location: '/v1/elsewhere' } }, 'provider_unreachable', 5],
      [
        'an error body without an end',
        { status: 404, text: 'x'.repeat(256 * 1024), ending: 'hang' },
        'unexpected_reply',
        1,
      ],
    ])('%s', async (_title, answer, code, requests) => {
      const result = await read([answer])
      expect(result.outcome).toMatchObject({ name: 'ProviderError', code, dataSet: 'directory' })
      expect(result.requests).toBe(requests)
    })

    test.each(driver.keyProblems.map(({ title, ...problem }) => [title, problem] as const))(
      'of the key, at once: %s',
      async (_title, { scripted: answer, code, key }) => {
        const { outcome, requests } = await read([answer], key === undefined ? {} : { key })
        expect(outcome).toMatchObject({ name: 'ProviderError', code, dataSet: 'directory' })
        expect(requests).toBe(1)
      },
    )

    test.each([401, 403])('a %i whose body does not end is reported as a key problem at once', async (status) => {
      const { outcome, requests } = await read([{ status, text: 'x'.repeat(256 * 1024), ending: 'hang' }])
      expect(outcome).toMatchObject({ code: status === 401 ? 'invalid_admin_key' : 'insufficient_permissions' })
      expect(requests).toBe(1)
    })
  })

  describe('waits as long as the reply requests:', () => {
    test.each<[string, Record<string, string>, number]>([
      ['in seconds', { 'retry-after': '90' }, 90_000],
      ['to a date', { 'retry-after': 'Tue, 10 Mar 2026 12:02:00 GMT' }, 120_000],
      ['in milliseconds first', { 'retry-after-ms': '1500', 'retry-after': '9' }, 1500],
    ])('%s', async (_title, headers, waitMs) => {
      expect(await read([{ status: 429, headers }, EMPTY])).toEqual({ outcome: [], waits: [waitMs], requests: 2 })
    })

    test('each time, and then uses the answer', async () => {
      const busy = { status: 503, headers: { 'retry-after': '7' } }
      expect(await read([busy, busy, EMPTY])).toEqual({ outcome: [], waits: [7_000, 7_000], requests: 3 })
    })

    test.each<[number, string]>([
      [429, 'provider_rate_limited'],
      [503, 'provider_unreachable'],
    ])('a wait past the deadline ends a %i at once', async (status, code) => {
      const { outcome, waits, requests } = await read([{ status, headers: { 'retry-after': '600' } }])
      expect(outcome).toMatchObject({ code })
      expect({ waits, requests }).toEqual({ waits: [], requests: 1 })
    })

    test.each<Record<string, string>>([
      {},
      { 'retry-after': 'later' },
      { 'retry-after': '0' },
      { 'retry-after': '-1' },
      { 'retry-after': 'Tue, 10 Mar 2026 11:00:00 GMT' },
      { 'retry-after-ms': '1' },
    ])('told %j, never shorter than its own back-off', async (headers) => {
      const { outcome, waits } = await read([{ status: 429, headers }])
      expect(outcome).toMatchObject({ code: 'provider_rate_limited' })
      expect(waits.map((ms, index) => 250 * 2 ** index <= ms && ms <= 500 * 2 ** index)).toEqual([
        true,
        true,
        true,
        true,
      ])
    })
  })

  test('is not sent after the deadline', async () => {
    const { outcome, requests } = await read([EMPTY], { deadline: new Date('2026-03-10T12:00:00.000Z') })
    expect(outcome).toMatchObject({ code: 'provider_unreachable' })
    expect(requests).toBe(0)
  })

  test('is not sent with a key that is invalid in a header, and the error does not contain the key', async () => {
    const { outcome, requests } = await read([EMPTY], { key: 'very\nsecret' })
    expect(outcome).toMatchObject({ code: 'invalid_admin_key' })
    expect(requests).toBe(0)
    expect(inspect(outcome, { depth: 10 })).not.toContain('secret')
  })

  describe('has no part of its key in the error for', () => {
    const echo = { error: { message: driver.adminKey, code: driver.adminKey, type: driver.adminKey } }
    test.each<[string, Scripted]>([
      ...[400, 401, 403, 404, 429, 500].map((status): [string, Scripted] => [
        `a ${status} that repeats it`,
        { status, json: echo, headers: { 'retry-after': '86400' } },
      ]),
      ['a reply with it in the place of a field', { json: { data: [{ [driver.adminKey]: driver.adminKey }] } }],
      ['a text that is no JSON', { text: `{"data":["${driver.adminKey}` }],
      ['half a body', { json: { data: [driver.adminKey] }, ending: 'cut' }],
      ['a redirect', { status: 302, headers: { location: `http://127.0.0.1:1/?key=${driver.adminKey}` } }],
      ['a header', { status: 503, headers: { 'retry-after': driver.adminKey } }],
    ])('%s', async (_title, answer) => {
      const { outcome } = await read([answer])
      expect(outcome).toMatchObject({ name: 'ProviderError' })
      expect(inspect(outcome, { depth: 10, showHidden: true })).not.toContain('verysecret')
    })

    test('an address without a server', async () => {
      const gone = await startScriptedServer()
      await gone.close()
      const { organization } = scripted.open({ baseUrl: gone.baseUrl })
      const error = await rejectionOf(organization.directory.read())
      expect(error).toMatchObject({ code: 'provider_unreachable' })
      expect(inspect([error, organization], { depth: 10, showHidden: true })).not.toContain('verysecret')
    })
  })
}
