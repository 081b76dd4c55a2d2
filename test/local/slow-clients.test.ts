import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { startHttpServer } from '../../local/http/http-server.ts'
import { waitUntil } from '../watchdog.ts'

/** A time-out that expires while a test waits for it. */
const SHORT_MS = 50
/** More than the buffers of a local connection hold. */
const LARGE = 'x'.repeat(16 * 1024 * 1024)
const EXPORT = '/v1/integrations/a/users?format=csv'
const logger = { info() {}, warn() {}, error() {} }

let server: Awaited<ReturnType<typeof startHttpServer>>
let sockets: Socket[]
/** Functions that answer each running call. */
let taken: ((body: string) => void)[]
beforeEach(() => {
  sockets = []
  taken = []
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await server.close()
})

async function start(transferTimeoutMs: number): Promise<void> {
  const answer = () =>
    new Promise<{ body: string }>((resolve) => {
      taken.push((body) => resolve({ body }))
    })
  server = await startHttpServer({ port: 0, tokens: undefined, answer, logger, transferTimeoutMs })
}

async function open(text: string): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  sockets.push(socket)
  await once(socket, 'connect')
  socket.write(text)
  return socket
}

/** Requests an export until one is running: on a busy machine a connection can time out before that. */
async function openTakenUp(): Promise<Socket> {
  const before = taken.length
  for (;;) {
    const socket = (await open(`${headOf(`GET ${EXPORT}`)}\r\n`)).resume()
    await waitUntil('an export to be taken up', () => taken.length > before || socket.closed)
    if (taken.length > before) return socket
  }
}

const headOf = (line: string) => `${line} HTTP/1.1\r\nhost: ${new URL(server.url).host}\r\n`

test.each([
  ['nothing', () => ''],
  ['half a head', () => headOf('GET /v1/health')],
  ['half a body', () => `${headOf('POST /v1/integrations')}content-length: 9\r\n\r\n{`],
])('A connection that sends %s is closed when its time is over', async (_, text) => {
  await start(SHORT_MS)
  const socket = await open(text())
  socket.resume()
  await waitUntil('the connection to be closed', () => socket.closed)
  expect(taken).toEqual([])
})

test('Unread answers are dropped, and the next export runs', async () => {
  await start(SHORT_MS)
  for (let deaf = 0; deaf < 2; deaf += 1) (await openTakenUp()).pause()
  for (const answer of taken.splice(0)) answer(LARGE)
  await openTakenUp()
})
