import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { startHttpServer } from '../../infra/local/http-server.ts'
import { extent } from './extent.ts'
import { recordFigures } from './figures.ts'

const TRANSFER_TIMEOUT_MS = 1_000
const SLOW_CONNECTIONS = extent({ quick: 40, whole: 400 })
/** More than the buffers of a connection on one machine take. */
const LARGE = 'x'.repeat(32 * 1024 * 1024)
const EXPORT = '/v1/integrations/a/users?format=csv'
const logger = { info() {}, warn() {}, error() {} }

let server: { url: string; close(): Promise<void> }
let sockets: Socket[]
/** Calls that were taken up and are not answered, by their path. */
let pending: { path: string; answer: (body: string) => void }[]
let answersAtOnce: string | undefined

beforeEach(async () => {
  sockets = []
  pending = []
  answersAtOnce = undefined
  const answer = ({ rawPath }: APIGatewayProxyEventV2) =>
    new Promise<{ statusCode: number; body: string }>((resolve) => {
      const one = { path: rawPath, answer: (body: string) => resolve({ statusCode: 200, body }) }
      if (answersAtOnce !== undefined) one.answer(answersAtOnce)
      else pending.push(one)
    })
  server = await startHttpServer({ port: 0, tokens: undefined, answer, logger, transferTimeoutMs: TRANSFER_TIMEOUT_MS })
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await server.close()
})

async function open(): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  sockets.push(socket)
  await once(socket, 'connect')
  return socket
}

function ask(path: string): string {
  return `GET ${path} HTTP/1.1\r\nhost: ${new URL(server.url).host}\r\n\r\n`
}

/** Waits until something is so, and throws when it is not within ten seconds. */
async function until(isSo: () => boolean): Promise<void> {
  for (let waited = 0; waited < 10_000; waited += 10) {
    if (isSo()) return
    await sleep(10)
  }
  throw new Error('It did not come to that.')
}

test('Connections that never finish their request are closed, and others are answered meanwhile', async () => {
  const beginnings = [
    '',
    'GET /v1/health HTTP/1.1\r\nx-slow: ',
    'POST /v1/integrations HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 9\r\n\r\n{',
  ]
  const slow = await Promise.all(Array.from({ length: SLOW_CONNECTIONS }, () => open()))
  const dripping = setInterval(() => {
    for (const socket of slow) socket.write('a')
  }, 50)
  for (const [index, socket] of slow.entries()) {
    socket.write(beginnings[index % beginnings.length] ?? '')
    socket.resume()
  }
  answersAtOnce = 'answered'
  expect(await (await fetch(`${server.url}/v1/health`)).text()).toBe('answered')
  await until(() => slow.every((socket) => socket.closed))
  clearInterval(dripping)
  recordFigures('attacker-slow', { 'slow connections closed': slow.length })
})

test('Answers that nobody reads are made two at a time, and given up: they keep no export from others for long', async () => {
  answersAtOnce = LARGE
  const deaf = await Promise.all(Array.from({ length: 6 }, () => open()))
  for (const socket of deaf) socket.pause().write(ask(EXPORT))
  const started = performance.now()
  const answer = await fetch(server.url + EXPORT)
  expect((await answer.text()).length).toBe(LARGE.length)
  // Each pair of the six had its time before.
  expect(performance.now() - started).toBeGreaterThan(TRANSFER_TIMEOUT_MS)
})

test('Of exports two are made at once, of other calls sixteen of a kind, and no kind waits for another', async () => {
  const all = [EXPORT, '/v1/me', '/v1/integrations'].flatMap((path) => Array.from({ length: 40 }, () => path))
  const answers = all.map(async (path) => (await fetch(server.url + path)).text())
  const taken = (path: string) => pending.filter((each) => each.path === path.split('?')[0]).length
  await until(() => pending.length === 2 + 16 + 16)
  expect([taken(EXPORT), taken('/v1/me')]).toEqual([2, 16])
  const health = fetch(`${server.url}/v1/health`)
  await until(() => taken('/v1/health') === 1)
  for (let answered = 0; answered < all.length + 1; answered += 1) {
    await until(() => pending.length > 0)
    pending.shift()?.answer('answered')
  }
  expect(new Set(await Promise.all(answers))).toEqual(new Set(['answered']))
  expect((await health).status).toBe(200)
})

test('Who hangs up while waiting costs nothing: the call is never taken up', async () => {
  const waiting = await Promise.all(Array.from({ length: 20 }, () => open()))
  for (const socket of waiting) socket.write(ask(EXPORT))
  await until(() => pending.length === 2)
  for (const socket of waiting.slice(2)) socket.destroy()
  const last = fetch(server.url + EXPORT)
  // By the time it has answered two more calls, the server has noticed.
  answersAtOnce = 'answered'
  for (const path of ['/v1/health', '/v1/me']) await (await fetch(server.url + path)).text()
  answersAtOnce = undefined
  for (const { answer } of pending.splice(0)) answer('answered')
  await until(() => pending.length === 1)
  pending[0]?.answer('the last')
  expect(await (await last).text()).toBe('the last')
})
