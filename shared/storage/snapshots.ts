import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { pMapIterable } from 'p-map'
import * as z from 'zod'
import { allBySeries, bySeries, tablesBySeries } from '../data-sets/by-series.ts'
import type { DaySeries } from '../data-sets/data-set.ts'
import type { DayTable } from '../data-sets/day-series/day-table.ts'
import { DayTableBuilder } from '../data-sets/day-series/day-table-builder.ts'
import type { SnapshotPerson } from '../data-sets/directory/directory-person.ts'
import type { Snapshot } from '../data-sets/snapshot.ts'
import type { Published, PublishedDataSet } from '../integrations/integration.ts'
import { SnapshotMissingError } from './errors.ts'
import { forEachConcurrent } from './for-each-concurrent.ts'
import { writeUnits } from './key-pace.ts'
import { packPeople, packSeries, PART_BYTES_AT_MOST, ROWS_A_PART, unpackPeople, unpackRows } from './snapshot-part.ts'
import { keys, SNAPSHOT_PARTITIONS } from './table.ts'
import type { Table } from './table-access.ts'

const PARTS_AT_ONCE = 4
/** Of the item beside its data. */
const KEY_BYTES_AT_MOST = 1_024

const partItemSchema = z.object({ data: z.instanceof(Uint8Array) })

type Pointer = Pick<PublishedDataSet, 'generation' | 'parts'>

/** The snapshots from which lists and totals are served: one for each data set. A generation is immutable. */
export class SnapshotRepository {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /**
   * Writes the snapshot of the directory. Returns its number of parts. It is visible once an integration points to it.
   * `checkpoint` is called before each part and can throw to stop.
   */
  async writePeople(
    integrationId: string,
    generation: string,
    people: readonly SnapshotPerson[],
    checkpoint?: () => void,
  ): Promise<number> {
    return this.writeParts(integrationId, generation, packPeople(people), checkpoint)
  }

  /** The same for a series. */
  async writeTable(
    integrationId: string,
    generation: string,
    table: DayTable,
    checkpoint?: () => void,
  ): Promise<number> {
    return this.writeParts(integrationId, generation, packSeries(table), checkpoint)
  }

  /** Throws `SnapshotMissingError`. */
  async readPeople(integrationId: string, pointer: Pointer): Promise<SnapshotPerson[]> {
    const people: SnapshotPerson[] = []
    for await (const packed of this.readParts(integrationId, pointer)) people.push(...unpackPeople(packed))
    return people
  }

  /** Reads a series for its window. Days outside the window are left out. Throws `SnapshotMissingError`. */
  async readTable<Series extends DaySeries>(
    integrationId: string,
    series: Series,
    pointer: Pointer & Pick<PublishedDataSet, 'window'>,
  ): Promise<DayTable<Series>> {
    // All parts except the last are nearly full. A series of one part is often small, and grows as it is read.
    const expectedRows = pointer.parts > 1 ? pointer.parts * ROWS_A_PART : undefined
    const builder = new DayTableBuilder(series, pointer.window, expectedRows)
    for await (const packed of this.readParts(integrationId, pointer)) unpackRows(packed, builder)
    return builder.build()
  }

  /** Reads all published data sets. A series that was never read is empty. Throws `SnapshotMissingError`. */
  async readSnapshot(integrationId: string, { dataSets }: Pick<Published, 'dataSets'>): Promise<Snapshot> {
    const { directory } = dataSets
    const people = await this.readPeople(integrationId, directory)
    const tables = bySeries<Promise<DayTable>>((series) =>
      this.readTable<DaySeries>(integrationId, series, dataSets[series.id] ?? { ...directory, parts: 0 }),
    )
    const read = await allBySeries(tables)
    return { people, series: tablesBySeries(({ id }) => read[id]) }
  }

  /** Deletes a snapshot's parts, in all partitions at once. Can be repeated. */
  async deleteSnapshot(integrationId: string, generation: string): Promise<void> {
    const { client, tableName } = this.table
    const pace = this.table.newPace()
    const partitions = keys.snapshotPartitions(integrationId, generation)
    await forEachConcurrent(partitions, SNAPSHOT_PARTITIONS, async (pk) => {
      for await (const { sk } of this.table.queryAll(pk, { only: ['sk'] })) {
        await pace.wait(pk, writeUnits(PART_BYTES_AT_MOST + KEY_BYTES_AT_MOST))
        await client.send(new DeleteCommand({ TableName: tableName, Key: { pk, sk: String(sk) } }))
      }
    })
  }

  private async writeParts(
    integrationId: string,
    generation: string,
    packed: Iterable<Uint8Array>,
    checkpoint?: () => void,
  ): Promise<number> {
    const { client, tableName } = this.table
    const pace = this.table.newPace()
    let parts = 0
    await forEachConcurrent(packed, PARTS_AT_ONCE, async (data) => {
      const item = { ...keys.snapshotPart(integrationId, generation, parts), data }
      parts += 1
      await pace.wait(item.pk, writeUnits(data.byteLength + KEY_BYTES_AT_MOST))
      checkpoint?.()
      await client.send(new PutCommand({ TableName: tableName, Item: item }))
    })
    return parts
  }

  /** The parts of a snapshot, in order. Up to four are requested while the previous one is unpacked. */
  private readParts(integrationId: string, { generation, parts }: Pointer): AsyncIterable<Uint8Array> {
    const indexes = Array.from({ length: parts }, (_, index) => index)
    const read = (index: number) => this.readPart(integrationId, generation, index)
    return pMapIterable(indexes, read, { concurrency: PARTS_AT_ONCE })
  }

  private async readPart(integrationId: string, generation: string, index: number): Promise<Uint8Array> {
    const { client, tableName } = this.table
    const { Item: item } = await client.send(
      new GetCommand({
        TableName: tableName,
        Key: keys.snapshotPart(integrationId, generation, index),
        ConsistentRead: true,
      }),
    )
    if (item === undefined) throw new SnapshotMissingError(generation)
    return partItemSchema.parse(item).data
  }
}
