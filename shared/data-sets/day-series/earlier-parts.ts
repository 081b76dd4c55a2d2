import { dayOf } from '../../domain/day.ts'
import type { MissingPart } from '../data-set.ts'
import type { DayTable } from './day-table.ts'
import { DayTableBuilder } from './day-table-builder.ts'

/** A series as it was read, and its parts that were not available. */
export interface ReadSeries {
  readonly table: DayTable
  readonly missing?: readonly MissingPart[]
}

/** An earlier reading of a series. `syncedAt`: when it was published (ISO 8601 UTC). */
export interface EarlierSeries extends ReadSeries {
  readonly syncedAt: string
}

/**
 * A reading together with the earlier rows of its missing parts, so that a series is whole by part. Rows leave as the window
 * moves; once all days of a part's last reading have left, nothing is kept of it. A part that was never read has no rows.
 */
export function withEarlierParts<Read extends ReadSeries>(read: Read, earlier: EarlierSeries): Read {
  const { table, missing = [] } = read
  const parts = missing.map((each) => ({ ...each, readAt: readAtOf(each, read, earlier) }))
  const kept = new Set(parts.flatMap(({ part, readAt }) => (readAt === null ? [] : [part])))
  if (kept.size === 0 || earlier.table === table) return { ...read, missing: parts }
  const builder = new DayTableBuilder(table.series, table.window, table.rowCount)
  builder.addTable(table)
  builder.addTable(earlier.table, (row) => kept.has(earlier.table.labelAt(row, 0)))
  return { ...read, table: builder.build(), missing: parts }
}

/** When a part was last read. Null if it never was, or all days of that reading have left the window. */
function readAtOf({ part }: MissingPart, { table }: ReadSeries, { missing = [], syncedAt }: EarlierSeries) {
  const before = missing.find((each) => each.part === part)
  const readAt = before === undefined ? syncedAt : before.readAt
  return readAt !== null && dayOf(new Date(readAt)) >= table.window.from ? readAt : null
}
