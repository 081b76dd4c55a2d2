import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { expect, test } from '@jest/globals'
import { startHttpServer } from '../../infra/local/http-server.ts'
import { Turns } from '../../infra/local/turns.ts'
import { eventOf } from '../api/api-event.ts'
import { waitUntil } from '../watchdog.ts'

const ID = '01K0000000000000000000ORG0'
const STARTED = 'http.server.request.start'
const logger = { info() {}, warn() {}, error() {} }

/** Calls that all come at once and none of which ends: how many are taken up. */
async function takenUp(calls: readonly [path: string, query?: string, accept?: string][]): Promise<number> {
  const turns = new Turns()
  const release = Promise.withResolvers<void>()
  let begun = 0
  const taken = calls.map(([path, query = '', accept]) => {
    const headers = accept === undefined ? {} : { accept }
    return turns.take(eventOf('GET', { path, query }, { headers }), () => {
      begun += 1
      return release.promise
    })
  })
  // Whatever may begin does so before a macrotask.
  await new Promise((resolve) => setImmediate(resolve))
  const atOnce = begun
  release.resolve()
  await Promise.all(taken)
  expect(begun).toBe(calls.length)
  return atOnce
}

const USERS = `/v1/integrations/${ID}/users`
const many = (count: number, ...call: [string, string?, string?]) => Array.from({ length: count }, () => call)

test('Of lists two are made at once, of other calls sixteen; each kind waits for its own', async () => {
  expect(await takenUp(many(5, USERS))).toBe(2)
  expect(await takenUp(many(20, '/v1/integrations'))).toBe(16)
  expect(await takenUp([...many(5, USERS), ...many(5, `/v1/integrations/${ID}/usage`)])).toBe(4)
  expect(await takenUp([...many(5, USERS), ...many(1, '/v1/health')])).toBe(3)
})

test('Exports, however they are asked for, are one kind of list', async () => {
  const exports = [...many(2, USERS, 'format=csv'), ...many(2, `/v1/integrations/${ID}/usage`, '', 'text/csv')]
  expect(await takenUp(exports)).toBe(2)
})

test('A client that hangs up while it waits costs nothing more', async () => {
  const release = Promise.withResolvers<void>()
  const answered: (string | undefined)[] = []
  const server = await startHttpServer({
    port: 0,
    tokens: undefined,
    logger,
    answer: async ({ rawQueryString }) => {
      answered.push(rawQueryString)
      await release.promise
      return { statusCode: 200 }
    },
  })
  const ask = (query: string, signal?: AbortSignal) => fetch(`${server.url}${USERS}?${query}`, signal && { signal })
  const first = [ask('a'), ask('b')]
  await waitUntil('both to be taken up', () => answered.length === 2)
  const hangUp = new AbortController()
  const arrived = nextRequest()
  const hungUp = ask('hung-up', hangUp.signal).catch(() => undefined)
  const closed = once(await arrived, 'close')
  hangUp.abort()
  await closed
  const last = ask('c')
  release.resolve()
  await Promise.all([...first, hungUp, last])
  expect(answered).toEqual(['a', 'b', 'c'])
  await server.close()
})

/** The next request that a server in this process receives: its response. https://nodejs.org/api/diagnostics_channel.html */
function nextRequest(): Promise<ServerResponse> {
  const { promise, resolve } = Promise.withResolvers<ServerResponse>()
  const take = (message: unknown) => {
    unsubscribe(STARTED, take)
    resolve((message as { response: ServerResponse }).response)
  }
  subscribe(STARTED, take)
  return promise
}
