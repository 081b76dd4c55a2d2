import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { beforeEach, expect, test } from '@jest/globals'
import { startHttpServer } from '../../local/http/http-server.ts'
import { ConcurrencyLimiter } from '../../local/http/concurrency-limiter.ts'
import { eventOf } from '../api/api-event.ts'
import { waitUntil } from '../watchdog.ts'

const USERS = '/v1/integrations/01K0000000000000000000ORG0/users'
const STARTED = 'http.server.request.start'
const logger = { info() {}, warn() {}, error() {} }

let limiter: ConcurrencyLimiter
/** Functions that end each running call, in the order in which they started. */
let underWay: (() => void)[]
beforeEach(() => {
  limiter = new ConcurrencyLimiter()
  underWay = []
})

/** Sends so many concurrent calls. Returns how many are running then. */
async function send(calls: number, method: string, target: string, headers: Record<string, string> = {}) {
  const [path = '', query = ''] = target.split('?')
  for (let call = 0; call < calls; call += 1) {
    void limiter.take(eventOf(method, { path, query }, { headers }), () => new Promise((end) => underWay.push(end)))
  }
  await nextTurn()
  return underWay.length
}

test.each([
  ['lists of users', 'GET', USERS, 2],
  ['lists of usage', 'GET', USERS.replace('users', 'usage'), 2],
  ['exports', 'GET', `${USERS}?format=csv`, 2],
  ['key checks', 'POST', '/v1/key-checks', 16],
  ['calls of one kind', 'GET', '/v1/me', 16],
  ['calls that there are none of', 'GET', '/v1/nothing', 16],
])('Of %s only a few are taken up at once', async (_, method, target, atOnce) => {
  expect(await send(40, method, target)).toBe(atOnce)
})

test('An export by its Accept header waits for other exports', async () => {
  await send(2, 'GET', `${USERS}?format=csv`)
  expect(await send(1, 'GET', USERS.replace('users', 'usage'), { accept: 'text/csv' })).toBe(2)
})

test('No kind waits for another, and calls of a kind run in order', async () => {
  await send(3, 'GET', USERS)
  expect(await send(1, 'GET', '/v1/health')).toBe(3)
  underWay[0]?.()
  await nextTurn()
  expect(underWay).toHaveLength(4)
})

test('A failing call lets the next one run', async () => {
  const event = eventOf('GET', { path: USERS, query: '' }, {})
  const failing = [1, 2].map(() => limiter.take(event, () => Promise.reject(new Error('It failed.'))))
  expect((await Promise.allSettled(failing)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await send(1, 'GET', USERS)).toBe(1)
})

test('A call whose client disconnects while waiting is not run', async () => {
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
