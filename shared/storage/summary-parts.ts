import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import * as z from 'zod'
import type { ListItems } from '../data-sets/by-list.ts'
import type { SeriesTables } from '../data-sets/by-series.ts'
import type { DaySeries, ListDataSet } from '../data-sets/data-set.ts'
import { encodeRows } from '../data-sets/day-series/codec.ts'
import type { DayTable } from '../data-sets/day-series/day-table.ts'
import { storedTable } from '../data-sets/day-series/stored-table.ts'
import { directory } from '../data-sets/directory/directory.ts'
import { lazyRecord } from '../data-sets/lazy-record.ts'
import { DAY_SERIES, LISTS } from '../data-sets/registry.ts'
import type { Snapshot } from '../data-sets/snapshot.ts'
import { FAST, PART_BYTES_AT_MOST } from './snapshot-part.ts'

const tableSchema = z.object({ window: z.object({ from: z.string(), to: z.string() }), rows: z.unknown() })

/** `packSummary` wrote all people alike. Parsing each took as long as decompressing and reading them. */
const peopleSchema = z.custom<Snapshot['people']>(
  (people) => Array.isArray(people) && (people.length === 0 || directory.itemSchema.safeParse(people[0]).success),
)

const summarySchema = z.object({
  people: peopleSchema,
  series: z.record(z.string(), tableSchema),
  lists: z.record(z.string(), z.unknown()),
})

/** Packs a summary into parts of at most 350 KB. It is one compressed text, so no entry is too large for a part. */
export function packSummary({ people, series, lists }: Snapshot): Uint8Array[] {
  const tables: readonly DayTable[] = DAY_SERIES.map(({ id }) => series[id])
  const summary: z.infer<typeof summarySchema> = {
    people,
    series: Object.fromEntries(
      tables.map((table) => [table.series.id, { window: table.window, rows: encodeRows(table, table.all) }]),
    ),
    lists,
  }
  const packed = zstdCompressSync(JSON.stringify(summary), FAST)
  const count = Math.ceil(packed.byteLength / PART_BYTES_AT_MOST)
  return Array.from({ length: count }, (_, part) =>
    packed.subarray(part * PART_BYTES_AT_MOST, (part + 1) * PART_BYTES_AT_MOST),
  )
}

/** The summary of all its parts, in order. Each table and list is read when it is first asked for. */
export interface StoredSummary extends Snapshot {
  /** The length of its text, from which its memory is estimated. */
  readonly characters: number
}

/** Throws `ZodError` or `RangeError` for an invalid summary, or when an invalid table or list of it is asked for. */
export function unpackSummary(parts: readonly Uint8Array[]): StoredSummary {
  const text = zstdDecompressSync(Buffer.concat(parts)).toString('utf8')
  const { people, series, lists } = summarySchema.parse(JSON.parse(text))
  const tables = lazyRecord(DAY_SERIES.map((each) => [each.id, lazyTable(each, series[each.id])]))
  const items = lazyRecord(LISTS.map((list) => [list.id, lazyItems(list, lists[list.id])]))
  // The compiler does not know that each id's table or items belong to that series or list: a record has one type of value.
  return { people, series: tables as SeriesTables, lists: items as ListItems, characters: text.length }
}

function lazyTable(series: DaySeries, stored: z.infer<typeof tableSchema> | undefined): () => DayTable {
  return () => {
    if (stored === undefined) throw new RangeError(`The summary has no series ${series.id}.`)
    return storedTable(series, stored.window, stored.rows)
  }
}

function lazyItems({ itemSchema }: ListDataSet, stored: unknown): () => readonly unknown[] | null {
  return () => itemSchema.array().nullable().parse(stored)
}
