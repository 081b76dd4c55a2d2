import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { pMapIterable } from 'p-map'
import * as z from 'zod'
import { bySeries, tablesBySeries } from '../data-sets/by-series.ts'
import type { DaySeries } from '../data-sets/data-set.ts'
import { DayTableBuilder } from '../data-sets/day-series/day-table-builder.ts'
import type { SnapshotPerson } from '../data-sets/directory/directory-person.ts'
import { DAY_SERIES } from '../data-sets/registry.ts'
import type { Snapshot } from '../data-sets/snapshot.ts'
import type { Window } from '../domain/window.ts'
import { SnapshotMissingError } from './errors.ts'
import { packPeople, packSeries, ROWS_A_PART, unpackPart } from './snapshot-part.ts'
import { keys } from './table.ts'
import { forEachConcurrent } from './for-each-concurrent.ts'
import type { Table } from './table-access.ts'

const PARTS_AT_ONCE = 4

const partItemSchema = z.object({ data: z.instanceof(Uint8Array) })

/** The snapshots from which lists and totals are served. A generation is immutable. */
export class SnapshotRepository {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /**
   * Writes a snapshot, the people first. Returns the number of its parts and of those with people. It is visible once an
   * integration points to it. `checkpoint` is called before each part and can throw to stop.
   */
  async writeSnapshot(
    integrationId: string,
    generation: string,
    snapshot: Snapshot,
    checkpoint?: () => void,
  ): Promise<{ parts: number; peopleParts: number }> {
    const at = { integrationId, generation }
    const peopleParts = await this.writeParts({ ...at, first: 0 }, packPeople(snapshot.people), checkpoint)
    let parts = peopleParts
    for (const { id } of DAY_SERIES) {
      parts += await this.writeParts({ ...at, first: parts }, packSeries(snapshot.series[id]), checkpoint)
    }
    return { parts, peopleParts }
  }

  /** Reads only a snapshot's people. Throws `SnapshotMissingError`. */
  async readPeople(integrationId: string, generation: string, peopleParts: number): Promise<SnapshotPerson[]> {
    const people: SnapshotPerson[] = []
    for await (const packed of this.readParts(integrationId, generation, peopleParts)) {
      people.push(...unpackPart(packed, []))
    }
    return people
  }

  /** Reads a snapshot for a window. Days outside the window are left out. Throws `SnapshotMissingError`. */
  async readSnapshot(integrationId: string, generation: string, parts: number, window: Window): Promise<Snapshot> {
    const people: SnapshotPerson[] = []
    const builders = bySeries((series) => new DayTableBuilder<DaySeries>(series, window, parts * ROWS_A_PART))
    for await (const packed of this.readParts(integrationId, generation, parts)) {
      people.push(...unpackPart(packed, Object.values(builders)))
    }
    return { people, series: tablesBySeries(({ id }) => builders[id].build()) }
  }

  /** Deletes a snapshot's parts. Can be repeated. */
  async deleteSnapshot(integrationId: string, generation: string): Promise<void> {
    await this.table.deletePartition(keys.snapshot(integrationId, generation))
  }

  private async writeParts(
    at: { readonly integrationId: string; readonly generation: string; readonly first: number },
    packed: Iterable<Uint8Array>,
    checkpoint?: () => void,
  ): Promise<number> {
    const { client, tableName } = this.table
    let parts = 0
    await forEachConcurrent(packed, PARTS_AT_ONCE, async (data) => {
      const item = { ...keys.snapshotPart(at.integrationId, at.generation, at.first + parts), data }
      parts += 1
      checkpoint?.()
      await client.send(new PutCommand({ TableName: tableName, Item: item }))
    })
    return parts
  }

  /** The first parts of a snapshot, in order. Up to four are requested while the previous one is unpacked. */
  private readParts(integrationId: string, generation: string, parts: number): AsyncIterable<Uint8Array> {
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
