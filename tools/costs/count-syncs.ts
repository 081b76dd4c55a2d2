import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { runSync } from '../../functions/sync/run-sync.ts'
import type { SyncDependencies } from '../../functions/sync/sync-dependencies.ts'
import { AdminApiKey } from '../../shared/domain/admin-api-key.ts'
import type { SyncQueue } from '../../shared/ports/sync-queue.ts'
import { toIntegrationItem } from '../../shared/storage/integration-item.ts'
import { createRepositories } from '../../shared/storage/repositories.ts'
import type { Table } from '../../shared/storage/table-access.ts'
import { anIntegration } from '../../test/builders.ts'
import { startEmulatedTable } from '../../local/services/emulated-table.ts'
import { SYNC_LEASE_MS } from '../../infra/sync-timing.ts'
import type { Assumptions } from './assumptions.ts'
import { BusyOrganization } from './busy-organization.ts'
import type { Counts, Units } from './counts.ts'
import { RequestCounter } from './request-counter.ts'

const ID = '01KCOSTS000000000000000000'
const HOUR_MS = 3_600_000
/**
 * The bytes that DynamoDB bills for each item in addition to its size.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
const BYTES_MORE_PER_ITEM = 100
const READ_UNIT_BYTES = 4_096

type SyncCounts = Omit<Counts, 'countedOn' | 'providers' | 'stack'>

/** Runs real syncs of one organization on an emulated table, and counts their requests. */
export async function countSyncs(assumptions: Assumptions): Promise<SyncCounts> {
  const local = await startEmulatedTable()
  try {
    return await countOn(local.table, assumptions)
  } finally {
    await local.close()
  }
}

async function countOn(table: Table, assumptions: Assumptions): Promise<SyncCounts> {
  const clock = { nowMs: Date.parse('2026-11-24T00:00:00.000Z') }
  const organization = new BusyOrganization(assumptions, () => (clock.nowMs += assumptions.pageMs))
  const dependencies = dependenciesOf(table, {
    openOrganization: async () => organization,
    adminKey: new AdminApiKey('sk-admin-costs-0000abcd'),
    now: () => new Date(clock.nowMs),
    windowDays: assumptions.windowDays,
    optionalDataSets: ['other_usage', 'costs'],
  })
  const createdAt = dependencies.now().toISOString()
  const named = { id: ID, name: 'An organization of 1,000', companyDomains: ['example.com'], createdAt }
  await dependencies.integrations.createIntegration(anIntegration(named))
  const counter = new RequestCounter(table.client)
  let syncs = 0
  let seconds = 0
  const sync = async (what: { hoursLater: number; changed: boolean }): Promise<Units> => {
    clock.nowMs += what.hoursLater * HOUR_MS
    if (what.changed) organization.revision += 1
    syncs += 1
    const startedMs = clock.nowMs
    const syncId = `01KCOSTS${String(syncs).padStart(18, '0')}`
    const message = { kind: 'sync', integrationId: ID, syncId, trigger: 'schedule', deliveryCount: 1 } as const
    const outcome = await runSync(message, dependencies)
    if (outcome !== 'succeeded') throw new Error(`A counted sync ended as ${outcome}.`)
    seconds = (clock.nowMs - startedMs) / 1_000
    return counter.take()
  }
  const first = await sync({ hoursLater: 18, changed: true })
  await sync({ hoursLater: 1, changed: false })
  // The four syncs of a day in order. The quiet one still deletes the snapshot that its predecessor replaced.
  const newDay = await sync({ hoursLater: 6, changed: true })
  const changedDay = await sync({ hoursLater: 6, changed: true })
  const quiet = await sync({ hoursLater: 6, changed: false })
  const quietAgain = await sync({ hoursLater: 6, changed: false })
  const integration = await dependencies.integrations.getIntegration(ID)
  const { published } = integration
  if (published === null) throw new Error('Nothing was published.')
  await dependencies.snapshots.readSnapshot(ID, published)
  const answer = counter.take()
  await dependencies.snapshots.readSummary(ID, published.summary)
  return {
    syncs: { first, newDay, changedDay, quiet, quietAgain },
    syncSeconds: seconds,
    answer,
    summary: counter.take(),
    integrationBytes: Buffer.byteLength(JSON.stringify(toIntegrationItem(integration))),
    tableBytes: await tableBytes(table),
    snapshotParts: Object.values(published.dataSets).reduce((sum, dataSet) => sum + (dataSet?.parts ?? 0), 0),
  }
}

/** The table's size, from the units of reading everything: exact to 4 KB in each megabyte. */
async function tableBytes({ client, tableName }: Table): Promise<number> {
  let bytes = 0
  let startKey: Record<string, unknown> | undefined
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: tableName,
        ConsistentRead: true,
        ExclusiveStartKey: startKey,
        ReturnConsumedCapacity: 'TOTAL',
      }),
    )
    bytes += (page.ConsumedCapacity?.CapacityUnits ?? 0) * READ_UNIT_BYTES + (page.Count ?? 0) * BYTES_MORE_PER_ITEM
    startKey = page.LastEvaluatedKey
  } while (startKey !== undefined)
  return bytes
}

type Counted = Pick<SyncDependencies, 'openOrganization' | 'now' | 'windowDays' | 'optionalDataSets'> & {
  readonly adminKey: AdminApiKey
}

/** What a counted sync needs. */
export function dependenciesOf(
  table: Table,
  { adminKey, windowDays, ...counted }: Counted,
): SyncDependencies & { readonly queue: SyncQueue } {
  return {
    ...createRepositories(table),
    keys: { findKey: async () => ({ key: adminKey, keyVersion: 1 }) },
    queue: { send: async () => {}, sendAll: async () => {} },
    ...counted,
    windowDays,
    keepRemovedDays: windowDays,
    leaseMs: SYNC_LEASE_MS,
    logger: { info() {}, warn() {}, error() {} },
  }
}
