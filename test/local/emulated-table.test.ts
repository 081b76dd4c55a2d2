import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { refuseOthers } from '../../local/services/emulated-table.ts'

const OURS = { authorization: 'AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261124/eu-west-1/dynamodb/aws4_request' }

/** A server that leaves its answers to the test, in place of the emulator. */
let server: Server
let answered: () => Promise<void>
let arrived: Promise<ServerResponse>

beforeEach(async () => {
  const arrival = Promise.withResolvers<ServerResponse>()
  arrived = arrival.promise
  server = createServer((request, response) => request.resume().once('end', () => arrival.resolve(response)))
  answered = refuseOthers(server, 'AKIAEXAMPLE')
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})

afterEach(() => {
  server.closeAllConnections()
  server.close()
})

test('refuses requests of others', async () => {
  const response = await ask({ headers: { authorization: 'AWS4-HMAC-SHA256 Credential=AKIAOTHER/' } })
  expect(response.status).toBe(403)
  await answered()
})

test('waits for an answer whose client has left', async () => {
  const left = new AbortController()
  const asked = ask({ headers: OURS, signal: left.signal })
  const response = await arrived
  left.abort()
  await expect(asked).rejects.toThrow('aborted')
  await once(response, 'close')

  let done = false
  const waiting = answered().then(() => (done = true))
  await nextTurn()
  expect(done).toBe(false)
  response.end('too late')
  await waiting
})

test('waits for no request that never arrived whole', async () => {
  const left = new AbortController()
  const body = new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('{')) })
  const asked = ask({ method: 'POST', headers: OURS, body, duplex: 'half', signal: left.signal })
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse]
  left.abort()
  await expect(asked).rejects.toThrow('aborted')
  await once(response, 'close')
  await answered()
})

function ask(options: RequestInit): Promise<Response> {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return fetch(`http://127.0.0.1:${address.port}/`, options)
}
