import { startEmulatedTable } from '../../local/services/emulated-table.ts'
import { createDocumentClient } from '../../shared/storage/document-client.ts'
import { KeyPace } from '../../shared/storage/key-pace.ts'
import { Table } from '../../shared/storage/table-access.ts'
import { WATCHDOG_MS } from '../watchdog.ts'
import { type KeyRates, startThrottlingProxy } from './throttling-proxy.ts'

/** Of the proxy's rate. The product leaves as much of DynamoDB's. */
const PACE_SHARE = 0.9

/**
 * A table behind a proxy that throttles each partition key. Writes are paced by the same rates. `clean` is the same table
 * without the proxy.
 */
export async function startThrottledTable(rates: KeyRates) {
  const local = await startEmulatedTable()
  const { client, tableName } = local.table
  const { hostname, port } = (await client.config.endpoint?.()) ?? {}
  const proxy = await startThrottlingProxy(`http://${hostname}:${port}`, rates)
  const proxied = createDocumentClient({
    endpoint: proxy.endpoint,
    region: 'eu-west-1',
    credentials: await client.config.credentials(),
    // On a slow machine, no successful request may count as lost.
    requestHandler: { connectionTimeout: WATCHDOG_MS, requestTimeout: WATCHDOG_MS },
  })
  const newPace = () => new KeyPace({ unitsPerSecond: rates.write * PACE_SHARE })
  return {
    table: new Table({ client: proxied, tableName, newPace }),
    clean: local.table,
    takeCounts: proxy.takeCounts,
    close: async () => {
      proxied.destroy()
      proxy.close()
      await local.close()
    },
  }
}
