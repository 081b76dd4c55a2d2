import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { pMapIterable } from 'p-map'
import * as z from 'zod'
import { type ListItems, readByList } from '../data-sets/by-list.ts'
import { allBySeries, bySeries, tablesBySeries } from '../data-sets/by-series.ts'
import type { DaySeries, ListDataSet } from '../data-sets/data-set.ts'
import type { DayTable } from '../data-sets/day-series/day-table.ts'
import { DayTableBuilder } from '../data-sets/day-series/day-table-builder.ts'
import { directory } from '../data-sets/directory/directory.ts'
import type { Snapshot } from '../data-sets/snapshot.ts'
import type { Published, PublishedDataSet } from '../integrations/integration.ts'
import { BatchedReads } from './batched-reads.ts'
import { SnapshotMissingError } from './errors.ts'
import { forEachConcurrent } from './for-each-concurrent.ts'
import { writeUnits } from './key-pace.ts'
import { packItems, packSeries, PART_BYTES_AT_MOST, ROWS_A_PART, unpackItems, unpackRows } from './snapshot-part.ts'
import { packSummary, type StoredSummary, unpackSummary } from './summary-parts.ts'
import { keys, SNAPSHOT_PARTITIONS } from './table.ts'
import type { Item, Table } from './table-access.ts'

const PARTS_AT_ONCE = 4
/** Of the item beside its data. */
const KEY_BYTES_AT_MOST = 1_024

const partItemSchema = z.object({ data: z.instanceof(Uint8Array) })

type Pointer = Pick<PublishedDataSet, 'generation' | 'parts'>

/** The snapshots from which lists and totals are served: one for each data set. A generation is immutable. */
export class SnapshotRepository {
  private readonly table: Table
  private readonly reads: BatchedReads

  constructor(table: Table) {
    this.table = table
    this.reads = new BatchedReads(table)
  }

  /**
   * Writes the snapshot of a list. Returns its number of parts. It is visible once an integration points to it.
   * `checkpoint` is called before each part and can throw to stop.
   */
  async writeItems(
    integrationId: string,
    generation: string,
    items: readonly unknown[],
    checkpoint?: () => void,
  ): Promise<number> {
    return this.writeParts(integrationId, generation, packItems(items), checkpoint)
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

  /** Reads the items of a list. Throws `SnapshotMissingError`. */
  async readItems<Item>(
    integrationId: string,
    list: Pick<ListDataSet<Item>, 'itemSchema'>,
    pointer: Pointer,
  ): Promise<Item[]> {
    const items: Item[] = []
    for await (const packed of this.readParts(integrationId, pointer)) items.push(...unpackItems(list, packed))
    return items
  }

  /** Reads all lists beside the directory. One that was never read is null. Throws `SnapshotMissingError`. */
  async readLists(integrationId: string, { dataSets }: Pick<Published, 'dataSets'>): Promise<ListItems> {
    return readByList(async (list) => {
      const pointer = dataSets[list.id]
      return pointer === undefined ? null : this.readItems(integrationId, list, pointer)
    })
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
    const people = await this.readItems(integrationId, directory, dataSets.directory)
    const tables = bySeries<Promise<DayTable>>((series) =>
      this.readTable<DaySeries>(integrationId, series, dataSets[series.id] ?? { ...dataSets.directory, parts: 0 }),
    )
    const read = await allBySeries(tables)
    const lists = await this.readLists(integrationId, { dataSets })
    return { people, series: tablesBySeries(({ id }) => read[id]), lists }
  }

  /** Writes the summary of an organization, as the snapshot of a data set is written. */
  async writeSummary(
    integrationId: string,
    generation: string,
    summary: Snapshot,
    checkpoint?: () => void,
  ): Promise<number> {
    return this.writeParts(integrationId, generation, packSummary(summary), checkpoint)
  }

  /** Reads a summary. Throws `SnapshotMissingError`. */
  async readSummary(integrationId: string, pointer: Pointer): Promise<StoredSummary> {
    const { generation } = pointer
    const places = Array.from({ length: pointer.parts }, (_, place) =>
      keys.snapshotPart(integrationId, generation, place),
    )
    const items = await Promise.all(places.map((key) => this.reads.find(key)))
    return unpackSummary(items.map((item) => dataIn(item, generation)))
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
    return dataIn(item, generation)
  }
}

function dataIn(item: Item | undefined, generation: string): Uint8Array {
  if (item === undefined) throw new SnapshotMissingError(generation)
  return partItemSchema.parse(item).data
}
