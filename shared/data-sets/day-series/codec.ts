import * as z from 'zod'
import { daysBetween, isDay } from '../../domain/day.ts'
import { type DaySeries, dimensionNames, recordOf } from '../data-set.ts'
import { columnNames } from './columns.ts'
import { amountAt, internIndex, valueAt } from './day-rows.ts'
import type { DayTable, RowSpan } from './day-table.ts'
import type { DayTableBuilder } from './day-table-builder.ts'

// Long lists are checked without a schema. Checking them with one took longer than decompressing and parsing the part.
const countsSchema = z.custom<number[]>((numbers) => Array.isArray(numbers) && areCounts(numbers))

/** Whole numbers from zero up. */
function areCounts(values: readonly unknown[]): boolean {
  for (const value of values) if (!Number.isInteger(value) || Number(value) < 0) return false
  return true
}

/** The same for the people of rows. */
const usersSchema = z.custom<(string | null)[]>(
  (users) => Array.isArray(users) && users.every((user) => user === null || typeof user === 'string'),
)

/**
 * Some rows of a table as JSON. They are stored by column, which compresses better and parses faster than rows. The rows of
 * one person with the same labels are a run. The days of a run are consecutive, and so are the amounts of each column.
 */
const rowsSchema = z.object({
  /** The series' id. */
  series: z.string(),
  /** Days are counted from this one, so the rows are independent of the window. */
  baseDay: z.string().refine(isDay),
  users: usersSchema,
  labels: z.record(z.string(), z.array(z.string())),
  /** For each run: the index of its person, the index of each label, and the number of its days. */
  runs: countsSchema,
  days: countsSchema,
  /** By column. The builder checks the numbers. */
  amounts: z.record(
    z.string(),
    z.custom<number[]>((numbers) => Array.isArray(numbers)),
  ),
})

export type StoredRows = z.infer<typeof rowsSchema>

export function encodeRows(table: DayTable, span: RowSpan): StoredRows {
  const { series } = table
  const users = new Map<string | null, number>()
  const labels = series.dimensions.map(() => new Map<string, number>())
  const runs: number[] = []
  for (const { from, to } of runsOf(table, span)) {
    runs.push(internIndex(users, table.userAt(from)))
    for (const [dimension, places] of labels.entries()) runs.push(internIndex(places, table.labelAt(from, dimension)))
    runs.push(to - from)
  }
  const rows = Array.from({ length: span.to - span.from }, (_, index) => span.from + index)
  return {
    series: series.id,
    baseDay: table.window.from,
    users: [...users.keys()],
    labels: recordOf(dimensionNames(series), (_, dimension) => [...(labels[dimension]?.keys() ?? [])]),
    runs,
    days: rows.map((row) => table.dayPlaceAt(row)),
    amounts: recordOf(columnNames(series), (_, column) => rows.map((row) => amountAt(table.rows, row, column))),
  }
}

/** The rows of one person with the same labels. They are consecutive in a table. */
function* runsOf(table: DayTable, span: RowSpan): Generator<RowSpan> {
  let { from } = span
  while (from < span.to) {
    let to = from + 1
    while (to < span.to && table.areOfOneRun(from, to)) to += 1
    yield { from, to }
    from = to
  }
}

/**
 * Adds encoded rows to a table. Days outside its window are left out, unchecked. Throws `ZodError` or `RangeError` for invalid rows
 * and for those of another series.
 */
export function addEncoded(encoded: unknown, table: DayTableBuilder): void {
  const { series } = table
  const { baseDay, users, runs, ...rows } = parseRows(series, encoded)
  const labels = listsOf(rows.labels, dimensionNames(series))
  const firstDay = daysBetween(table.window.from, baseDay)
  const columns = { firstDay, days: rows.days, amounts: listsOf(rows.amounts, columnNames(series)) }
  const runLength = labels.length + 2
  let from = 0
  for (let at = 0; at < runs.length; at += runLength) {
    const owner = {
      userId: valueAt(users, runs[at]),
      labels: labels.map((texts, dimension) => valueAt(texts, runs[at + 1 + dimension])),
    }
    const to = from + valueAt(runs, at + runLength - 1)
    table.addRun(owner, columns, { from, to })
    from = to
  }
  if ([columns.days, ...columns.amounts].some(({ length }) => length !== from)) {
    throw new RangeError(`The rows of the series ${series.id} are incomplete.`)
  }
}

/** Throws `ZodError` or `RangeError` for what are no rows, and for those of another series. */
export function parseRows({ id }: DaySeries, encoded: unknown): StoredRows {
  const rows = rowsSchema.parse(encoded)
  if (rows.series !== id) throw new RangeError(`The rows belong to the series ${rows.series}, not ${id}.`)
  return rows
}

/** The list of each name. Throws `RangeError` for a missing one. */
export function listsOf<Value>(lists: Readonly<Record<string, readonly Value[]>>, names: readonly string[]) {
  return names.map((name) => {
    const list = lists[name]
    if (list === undefined) throw new RangeError(`The rows have no ${name}.`)
    return list
  })
}
