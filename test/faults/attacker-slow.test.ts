import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { startHttpServer } from '../../local/http/http-server.ts'
import { WATCHDOG_MS, waitUntil } from '../watchdog.ts'
import { recordFigures } from './figures.ts'

const SLOW_CONNECTIONS = 400
/** More than the buffers of a connection on one machine take. */
const LARGE = 'x'.repeat(32 * 1024 * 1024)
const EXPORT = '/v1/integrations/a/users?format=csv'
/** A time-out that passes while a test waits for it, and one that never passes. */
const SHORT_MS = 200
const NEVER_MS = WATCHDOG_MS * 2
const logger = { info() {}, warn() {}, error() {} }

let server: { url: string; close(): Promise<void> }
let sockets: Socket[]
/** Calls that were taken up and are not answered, by their path. */
let pending: { path: string; answer: (body: string) => void }[]
let answersAtOnce: string | undefined
let dripping: NodeJS.Timeout | undefined

beforeEach(() => {
  sockets = []
  pending = []
  answersAtOnce = undefined
})
afterEach(async () => {
  clearInterval(dripping)
  for (const socket of sockets) socket.destroy()
  await server.close()
})

async function startServer(transferTimeoutMs: number): Promise<void> {
  const answer = ({ rawPath }: APIGatewayProxyEventV2) =>
    new Promise<{ statusCode: number; body: string }>((resolve) => {
      const one = { path: rawPath, answer: (body: string) => resolve({ statusCode: 200, body }) }
      if (answersAtOnce !== undefined) one.answer(answersAtOnce)
      else pending.push(one)
    })
  server = await startHttpServer({ port: 0, tokens: undefined, answer, logger, transferTimeoutMs })
}

async function open(): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  sockets.push(socket)
  await once(socket, 'connect')
  return socket
}

/** Connections that never finish their request: they say nothing, or drip a header or a body without an end. */
async function openSlowConnections(): Promise<void> {
  const { host } = new URL(server.url)
  const manners = [
    { begins: '', goesOn: '' },
    { begins: 'GET /v1/health HTTP/1.1\r\nx-slow: ', goesOn: 'a' },
    { begins: `POST /v1/integrations HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 60000\r\n\r\n{`, goesOn: 'a' },
  ]
  const slow = await Promise.all(
    Array.from({ length: SLOW_CONNECTIONS }, async (_, index) => {
      const { begins = '', goesOn = '' } = manners[index % manners.length] ?? {}
      const socket = await open()
      socket.resume().write(begins)
      return { socket, goesOn }
    }),
  )
  dripping = setInterval(() => {
    for (const { socket, goesOn } of slow) socket.write(goesOn)
  }, 50)
}

const closedSockets = () => sockets.filter(({ closed }) => closed).length

function ask(path: string): string {
  return `GET ${path} HTTP/1.1\r\nhost: ${new URL(server.url).host}\r\n\r\n`
}

const textOf = async (path: string) => (await fetch(server.url + path)).text()

test('Other calls are answered while hundreds of connections never finish their request', async () => {
  await startServer(NEVER_MS)
  await openSlowConnections()
  answersAtOnce = 'answered'
  expect(await textOf('/v1/health')).toBe('answered')
  expect(closedSockets()).toBe(0)
})

test('Connections that never finish their request are closed', async () => {
  await startServer(SHORT_MS)
  await openSlowConnections()
  await waitUntil(
    'every slow connection to be closed',
    () => closedSockets() === SLOW_CONNECTIONS,
    () => `${closedSockets()} of ${SLOW_CONNECTIONS}`,
  )
  recordFigures('attacker-slow', { 'slow connections closed': closedSockets() })
})

test('Unread answers are dropped and do not block other exports', async () => {
  await startServer(SHORT_MS)
  answersAtOnce = LARGE
  const deaf = await Promise.all(Array.from({ length: 6 }, () => open()))
  for (const socket of deaf) socket.pause().write(ask(EXPORT))
  // On a machine that stands still for a moment a call can be refused as too slow (408), or its answer given up; then it is asked again.
  const readExport = async () => {
    const response = await fetch(server.url + EXPORT)
    return response.ok ? response.text() : undefined
  }
  const answer = await waitUntil('an export that is read', () => readExport().catch(() => undefined))
  expect(answer.length).toBe(LARGE.length)
})

test('Two exports and sixteen other calls of a kind run concurrently, and no kind waits for another', async () => {
  await startServer(NEVER_MS)
  const all = [EXPORT, '/v1/me', '/v1/integrations'].flatMap((path) => Array.from({ length: 40 }, () => path))
  const answers = all.map((path) => textOf(path))
  const taken = (path: string) => pending.filter((each) => each.path === path.split('?')[0]).length
  await waitUntil('the first calls to be taken up', () => pending.length === 2 + 16 + 16)
  expect([taken(EXPORT), taken('/v1/me')]).toEqual([2, 16])
  const health = textOf('/v1/health')
  await waitUntil('the call of another kind to be taken up', () => taken('/v1/health') === 1)
  for (let answered = 0; answered < all.length + 1; answered += 1) {
    await waitUntil('another call to be taken up', () => pending.length > 0)
    pending.shift()?.answer('answered')
  }
  expect(new Set(await Promise.all([...answers, health]))).toEqual(new Set(['answered']))
})
