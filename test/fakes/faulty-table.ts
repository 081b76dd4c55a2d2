import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { startEmulatedTable } from '../../local/services/emulated-table.ts'
import { createDocumentClient } from '../../shared/storage/document-client.ts'
import { Table } from '../../shared/storage/table-access.ts'
import { WATCHDOG_MS } from '../watchdog.ts'
import { hurriedRetries } from './hurried-retries.ts'
import { refusal, startTableProxy, type TableReply, type TableRequest } from './table-proxy.ts'

/**
 * What happens to a request to DynamoDB. `throttle` and `break` refuse it without effect. `lose` carries it out and
 * resets the connection instead of replying. `halve` leaves half of a batch unprocessed. `slow` delays the answer.
 */
export type TableFault = 'none' | 'throttle' | 'break' | 'lose' | 'halve' | 'slow'

const SLOW_MS = 30
const batchSchema = z.object({ RequestItems: z.record(z.string(), z.array(z.unknown())) })

/**
 * A table behind a proxy with configurable faults, on DynamoDB's own protocol, so the SDK's reaction is part of the
 * test. `clean` is the same table without the proxy.
 */
export async function startFaultyTable() {
  const local = await startEmulatedTable()
  const { client, tableName } = local.table
  const { hostname, port } = (await client.config.endpoint?.()) ?? {}
  const state = { decide: (_operation: string): TableFault => 'none', requests: 0, faults: 0 }
  const proxy = await startTableProxy(`http://${hostname}:${port}`, answer)
  const proxied = createDocumentClient({
    endpoint: proxy.endpoint,
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
      proxy.close()
      await local.close()
    },
  }

  async function answer({ operation, body, forward }: TableRequest): Promise<TableReply | undefined> {
    const fault = state.decide(operation)
    state.requests += 1
    if (fault !== 'none') state.faults += 1
    if (fault === 'throttle') return refusal(400, 'ProvisionedThroughputExceededException')
    if (fault === 'break') return refusal(500, 'InternalServerError')
    if (fault === 'slow') await sleep(SLOW_MS)
    const { kept, left } = fault === 'halve' ? halved(body, tableName) : { kept: body, left: null }
    const reply = await forward(kept)
    if (fault === 'lose') return undefined
    return left === null ? reply : { ...reply, text: JSON.stringify({ UnprocessedItems: { [tableName]: left } }) }
  }
}

export type FaultyTable = Awaited<ReturnType<typeof startFaultyTable>>

/** The first half of a batch of writes, at least one, and the rest. Other requests stay complete. */
function halved(body: string, tableName: string): { kept: string; left: unknown[] | null } {
  const parsed = batchSchema.safeParse(JSON.parse(body))
  const requests = parsed.data?.RequestItems[tableName] ?? []
  if (requests.length < 2) return { kept: body, left: null }
  const half = Math.ceil(requests.length / 2)
  const kept = { RequestItems: { [tableName]: requests.slice(0, half) } }
  return { kept: JSON.stringify(kept), left: requests.slice(half) }
}
