import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { ProviderDriver } from './provider-driver.ts'
import { retryTests } from './retry-tests.ts'
import { type ScriptedOrganization, startScriptedOrganization } from './scripted-organization.ts'
import { waitFor } from '../watchdog.ts'
import { rejectionOf, startScriptedServer, type Scripted } from './scripted-server.ts'

/** What the tests of requests share. */
export interface RequestBench {
  readonly driver: ProviderDriver
  /** A directory without people. */
  readonly empty: Scripted
  readonly malformed: Scripted
  /** Reads the directory from scripted answers. */
  readonly read: ScriptedOrganization['readDirectory']
  readonly scripted: () => ScriptedOrganization
}

/** Tests of sending, retrying and failing requests, and of redaction. */
export function requestTests(driver: ProviderDriver): void {
  let scripted: ScriptedOrganization
  beforeAll(async () => {
    scripted = await startScriptedOrganization(driver)
  })
  afterAll(() => scripted.close())
  const bench: RequestBench = {
    driver,
    empty: driver.replies.directory([]),
    malformed: driver.replies.malformedDirectory,
    read: (...asked) => scripted.readDirectory(...asked),
    scripted: () => scripted,
  }
  sendingTests(bench)
  retryTests(bench)
  failureTests(bench)
  redactionTests(bench)
}

function sendingTests({ driver, empty, read, scripted }: RequestBench): void {
  test('has the key only in its header', async () => {
    expect(await read([empty])).toEqual({ outcome: [], waits: [], requests: 1 })
    const [request] = scripted().server.requests
    const [name, value] = driver.keyHeader(driver.adminKey)
    const { [name]: sent, ...others } = request?.headers ?? {}
    expect(sent).toBe(value)
    expect(inspect([request?.url.href, others])).not.toContain('verysecret')
  })

  test('is not sent after the deadline', async () => {
    const { outcome, requests } = await read([empty], { deadline: new Date('2026-03-10T12:00:00.000Z') })
    expect(outcome).toMatchObject({ code: 'timed_out' })
    expect(requests).toBe(0)
  })

  test('is not sent with a key that is invalid in a header, and the error does not contain the key', async () => {
    const { outcome, requests } = await read([empty], { key: 'very\nsecret' })
    expect(outcome).toMatchObject({ code: 'invalid_admin_key' })
    expect(requests).toBe(0)
    expect(inspect(outcome, { depth: 10 })).not.toContain('secret')
  })
}

function failureTests({ driver, empty, malformed, read }: RequestBench): void {
  describe('fails with its code after a number of attempts:', () => {
    test.each<[string, Scripted, string, number]>([
      ['429', { status: 429 }, 'provider_rate_limited', 5],
      ['502', { status: 502 }, 'provider_unreachable', 5],
      ['a body cut off', { ...empty, ending: 'cut' }, 'provider_unreachable', 5],
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
      const result = await waitFor('the reading to fail', read([answer]))
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
      const endless = { status, text: 'x'.repeat(256 * 1024), ending: 'hang' } as const
      const { outcome, requests } = await waitFor('the reading to fail', read([endless]))
      expect(outcome).toMatchObject({ code: status === 401 ? 'invalid_admin_key' : 'insufficient_permissions' })
      expect(requests).toBe(1)
    })
  })
}

function redactionTests({ driver, read, scripted }: RequestBench): void {
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
      const { organization } = scripted().open({ baseUrl: gone.baseUrl })
      const error = await rejectionOf(organization.directory.read())
      expect(error).toMatchObject({ code: 'provider_unreachable' })
      expect(inspect([error, organization], { depth: 10, showHidden: true })).not.toContain('verysecret')
    })
  })
}
