import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import * as z from 'zod'
import { type AnyListItems, itemsByList } from '../data-sets/by-list.ts'
import { tablesBySeries } from '../data-sets/by-series.ts'
import type { DaySeries } from '../data-sets/data-set.ts'
import { addEncoded, encodeRows } from '../data-sets/day-series/codec.ts'
import type { DayTable } from '../data-sets/day-series/day-table.ts'
import { DayTableBuilder } from '../data-sets/day-series/day-table-builder.ts'
import { directory } from '../data-sets/directory/directory.ts'
import { DAY_SERIES, LISTS } from '../data-sets/registry.ts'
import type { Snapshot } from '../data-sets/snapshot.ts'
import { FAST, PART_BYTES_AT_MOST } from './snapshot-part.ts'

const tableSchema = z.object({ window: z.object({ from: z.string(), to: z.string() }), rows: z.unknown() })

const summarySchema = z.object({
  people: directory.itemSchema.array(),
  series: z.record(z.string(), tableSchema),
  lists: z.object(
    Object.fromEntries(LISTS.map(({ id, itemSchema }) => [id, z.array<z.ZodType>(itemSchema).readonly().nullable()])),
  ),
})

/** Packs a summary into parts of at most 350 KB. It is one compressed text, so no entry is too large for a part. */
export function packSummary({ people, series, lists }: Snapshot): Uint8Array[] {
  const tables: readonly DayTable[] = DAY_SERIES.map(({ id }) => series[id])
  const summary: z.input<typeof summarySchema> = {
    people: [...people],
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

/** The summary of all its parts, in order. Throws `ZodError` or `RangeError` for an invalid one. */
export function unpackSummary(parts: readonly Uint8Array[]): Snapshot {
  const text = zstdDecompressSync(Buffer.concat(parts)).toString('utf8')
  const { people, series, lists } = summarySchema.parse(JSON.parse(text))
  const items: AnyListItems = lists
  return {
    people,
    series: tablesBySeries((each) => tableOf(each, series[each.id])),
    lists: itemsByList(({ id }) => items[id] ?? null),
  }
}

function tableOf(series: DaySeries, stored: z.infer<typeof tableSchema> | undefined): DayTable {
  if (stored === undefined) throw new RangeError(`The summary has no series ${series.id}.`)
  const builder = new DayTableBuilder(series, stored.window)
  addEncoded(stored.rows, builder)
  return builder.build()
}
