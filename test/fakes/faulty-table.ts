import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { startEmulatedTable } from '../../local/services/emulated-table.ts'
import { createDocumentClient } from '../../shared/storage/document-client.ts'
import { Table } from '../../shared/storage/table-access.ts'
import { WATCHDOG_MS } from '../watchdog.ts'
import { hurriedRetries } from './hurried-retries.ts'

/**
 * What happens to a request to DynamoDB. `throttle` and `break` refuse it without effect. `lose` carries it out and
 * resets the connection instead of replying. `halve` leaves half of a batch unprocessed. `slow` delays the answer.
 */
export type TableFault = 'none' | 'throttle' | 'break' | 'lose' | 'halve' | 'slow'

const SLOW_MS = 30
const JSON_TYPE = { 'content-type': 'application/x-amz-json-1.0' }
const batchSchema = z.object({ RequestItems: z.record(z.string(), z.array(z.unknown())) })

/**
 * A table behind a proxy with configurable faults, on DynamoDB's own protocol, so the SDK's reaction is part of the
 * test. `clean` is the same table without the proxy.
 */
export async function startFaultyTable() {
  const local = await startEmulatedTable()
  const { client, tableName } = local.table
  const { hostname, port } = (await client.config.endpoint?.()) ?? {}
  const upstream = `http://${hostname}:${port}`
  const state = { decide: (_operation: string): TableFault => 'none', requests: 0, faults: 0 }
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.')
  const proxied = createDocumentClient({
    endpoint: `http://127.0.0.1:${address.port}`,
    region: 'eu-west-1',
    credentials: await client.config.credentials(),
    retryStrategy: await hurriedRetries(client),
    // On a slow machine, no successful request may count as lost.
    requestHandler: { connectionTimeout: WATCHDOG_MS, requestTimeout: WATCHDOG_MS },
  })
  return {
    table: new Table({ client: proxied, tableName }),
    clean: local.table,
    /** Decides the fault of each request from now on by its operation, such as `PutItem`, and counts them. */
    state,
    close: async () => {
      proxied.destroy()
      server.close()
      server.closeAllConnections()
      await local.close()
    },
  }

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
    const body = await buffer(request)
    const fault = state.decide(operation)
    state.requests += 1
    if (fault !== 'none') state.faults += 1
    if (fault === 'throttle') return refuse(response, 400, 'ProvisionedThroughputExceededException')
    if (fault === 'break') return refuse(response, 500, 'InternalServerError')
    if (fault === 'slow') await sleep(SLOW_MS)
    const { kept, left } = fault === 'halve' ? halved(body, tableName) : { kept: body, left: null }
    const reply = await forward(request, kept)
    if (fault === 'lose') {
      request.socket.resetAndDestroy()
      return
    }
    const answered = left === null ? reply.text : JSON.stringify({ UnprocessedItems: { [tableName]: left } })
    response.writeHead(reply.status, JSON_TYPE).end(answered)
  }

  async function forward(request: IncomingMessage, body: Buffer): Promise<{ status: number; text: string }> {
    const { authorization = '', 'x-amz-target': target, 'x-amz-date': date } = request.headers
    const headers = { authorization, 'x-amz-target': String(target), 'x-amz-date': String(date) }
    const reply = await fetch(upstream, {
      method: 'POST',
      headers: { ...headers, ...JSON_TYPE },
      body: new Uint8Array(body),
    })
    return { status: reply.status, text: await reply.text() }
  }
}

export type FaultyTable = Awaited<ReturnType<typeof startFaultyTable>>

function refuse(response: ServerResponse, status: number, type: string): void {
  const body = { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'Misbehaving.' }
  response.writeHead(status, JSON_TYPE).end(JSON.stringify(body))
}

/** The first half of a batch of writes, at least one, and the rest. Other requests stay complete. */
function halved(body: Buffer, tableName: string): { kept: Buffer; left: unknown[] | null } {
  const parsed = batchSchema.safeParse(JSON.parse(body.toString('utf8')))
  const requests = parsed.data?.RequestItems[tableName] ?? []
  if (requests.length < 2) return { kept: body, left: null }
  const half = Math.ceil(requests.length / 2)
  const kept = { RequestItems: { [tableName]: requests.slice(0, half) } }
  return { kept: Buffer.from(JSON.stringify(kept)), left: requests.slice(half) }
}
