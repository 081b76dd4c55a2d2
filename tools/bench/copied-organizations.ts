import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { SnapshotPerson } from '../../shared/data-sets/directory/directory-person.ts'
import { DayTableBuilder } from '../../shared/data-sets/day-series/day-table-builder.ts'
import type { Snapshot } from '../../shared/data-sets/snapshot.ts'
import type { Integration, Published, SnapshotPointer } from '../../shared/integrations/integration.ts'
import { createDocumentClient } from '../../shared/storage/document-client.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { SnapshotRepository } from '../../shared/storage/snapshots.ts'
import { keys } from '../../shared/storage/table.ts'
import { Table } from '../../shared/storage/table-access.ts'
import { emptySeries, NO_LISTS } from '../../test/builders.ts'
import { writeSnapshot } from '../../test/storage/write-snapshot.ts'
import { INTEGRATION_ID } from './measured-company.ts'
import { clientConfig, type TableConnection } from './table-connection.ts'

/** The measured organization, and what was read of it. */
interface Original {
  readonly integration: Integration
  readonly published: Published
  readonly summary: Snapshot
}

/**
 * Puts copies of the measured organization into its table, with all that is published of it, until there are so many. Nobody is a person
 * of two of them. Returns the integrations' ids.
 */
export async function copyOrganization(connection: TableConnection, organizations: number): Promise<string[]> {
  return withTable(connection, async (table) => {
    const original = await readOriginal(table)
    const ids = Array.from({ length: organizations - 1 }, (_, copy) => `01KBENCHCOPY${String(copy).padStart(14, '0')}`)
    for (const id of ids) await writeCopy(table, id, original)
    return [INTEGRATION_ID, ...ids]
  })
}

/** Puts one organization with the people of so many, and the days of their summary, into another table. Returns its id. */
export async function gatherOrganization(
  from: TableConnection,
  into: TableConnection,
  copies: number,
): Promise<string> {
  const { integration, summary } = await withTable(from, readOriginal)
  return withTable(into, async (table) => {
    const snapshots = new SnapshotRepository(table)
    const published = await writeSnapshot(snapshots, INTEGRATION_ID, 'all', gathered(summary, copies))
    await new IntegrationRepository(table).createIntegration({ ...integration, published })
    return INTEGRATION_ID
  })
}

/** Uses a table with a client of its own. */
export async function withTable<Result>(
  connection: TableConnection,
  use: (table: Table) => Promise<Result>,
): Promise<Result> {
  const client = createDocumentClient(clientConfig(connection))
  try {
    return await use(new Table({ client, tableName: connection.tableName }))
  } finally {
    client.destroy()
  }
}

async function readOriginal(table: Table): Promise<Original> {
  const integration = await new IntegrationRepository(table).getIntegration(INTEGRATION_ID)
  const { published } = integration
  if (published === null) throw new Error('The measured organization has no snapshot.')
  const summary = await new SnapshotRepository(table).readSummary(INTEGRATION_ID, published.summary)
  return { integration, published, summary }
}

async function writeCopy(table: Table, id: string, { integration, published, summary }: Original): Promise<void> {
  for (const pointer of Object.values(published.dataSets)) {
    if (pointer !== undefined) await copyParts(table, id, pointer)
  }
  const people = summary.people.map((person) => personOf(person, id))
  // Each repository paces its own writes.
  const snapshots = new SnapshotRepository(table)
  const { generation } = published.summary
  const parts = await snapshots.writeSummary(id, generation, { ...summary, people })
  const copied = { ...published, summary: { generation, parts } }
  await new IntegrationRepository(table).createIntegration({
    ...integration,
    id,
    name: `Copy ${id}`,
    published: copied,
  })
}

async function copyParts(
  { client, tableName }: Table,
  id: string,
  { generation, parts }: SnapshotPointer,
): Promise<void> {
  for (let part = 0; part < parts; part += 1) {
    const Key = keys.snapshotPart(INTEGRATION_ID, generation, part)
    const { Item: item } = await client.send(new GetCommand({ TableName: tableName, Key }))
    const copy = { ...item, ...keys.snapshotPart(id, generation, part) }
    await client.send(new PutCommand({ TableName: tableName, Item: copy }))
  }
}

/** The same person under another address. */
function personOf(person: SnapshotPerson, copy: string): SnapshotPerson {
  return { ...person, email: person.email && `${copy.toLowerCase()}.${person.email}` }
}

function gathered({ people, series: { usage } }: Snapshot, copies: number): Snapshot {
  const names = Array.from({ length: copies }, (_, copy) => `copy${copy}`)
  const all = new DayTableBuilder(usage.series, usage.window)
  for (const copy of names) {
    for (let row = 0; row < usage.rowCount; row += 1) {
      const userId = usage.userAt(row)
      all.addRowOf(usage, row, { userId: userId && `${userId}-${copy}`, labels: [''] })
    }
  }
  return {
    people: names.flatMap((copy) =>
      people.map((person) => ({ ...personOf(person, copy), userId: `${person.userId}-${copy}` })),
    ),
    series: { ...emptySeries(usage.window), usage: all.build() },
    lists: NO_LISTS,
  }
}
