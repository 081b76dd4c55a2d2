import * as z from 'zod'
import { daysBetween, isDay } from '../../domain/day.ts'
import { type DaySeries, dimensionNames, measureNames, recordOf } from '../data-set.ts'
import { amountAt, internIndex, valueAt } from './day-rows.ts'
import type { DayTable, RowSpan } from './day-table.ts'
import type { DayTableBuilder } from './day-table-builder.ts'

// Numbers are checked without a schema. Checking them with one took longer than decompressing and parsing the part.
const countsSchema = z.custom<number[]>((numbers) => Array.isArray(numbers) && areCounts(numbers))

/** Whole numbers from zero up. */
function areCounts(values: readonly unknown[]): boolean {
  for (const value of values) if (!Number.isInteger(value) || Number(value) < 0) return false
  return true
}

/**
 * Some rows of a table as JSON. They are stored by column, which compresses better and parses faster than rows. The rows of
 * one person with the same labels are a run. The days of a run are consecutive, and so are the amounts of each measure.
 */
interface EncodedRows {
  /** The series' id. */
  readonly series: string
  /** Days are counted from this one, so the rows are independent of the window. */
  readonly baseDay: string
  readonly users: readonly (string | null)[]
  readonly labels: Readonly<Record<string, readonly string[]>>
  /** For each run: the index of its person, the index of each label, and the number of its days. */
  readonly runs: readonly number[]
  readonly days: readonly number[]
  readonly amounts: Readonly<Record<string, readonly number[]>>
}

function schemaOf(series: DaySeries): z.ZodType<EncodedRows> {
  return z
    .object({
      series: z.literal(series.id),
      baseDay: z.string().refine(isDay),
      users: z.array(z.string().nullable()),
      labels: z.object(recordOf(dimensionNames(series), () => z.array(z.string()))),
      runs: countsSchema,
      days: countsSchema,
      amounts: z.object(recordOf(measureNames(series), () => countsSchema)),
    })
    .refine(({ runs, days, amounts }) => {
      const rows = rowsIn(runs, runLengthOf(series))
      return [days, ...Object.values(amounts)].every((column) => column.length === rows)
    })
}

function runLengthOf({ dimensions }: DaySeries): number {
  return dimensions.length + 2
}

function rowsIn(runs: readonly number[], runLength: number): number {
  let rows = 0
  for (let at = 0; at < runs.length; at += runLength) rows += runs[at + runLength - 1] ?? Number.NaN
  return rows
}

export function encodeRows(table: DayTable, span: RowSpan): EncodedRows {
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
    amounts: recordOf(measureNames(series), (_, measure) => rows.map((row) => amountAt(table.rows, row, measure))),
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

/** Adds encoded rows to a table. Days outside its window are left out. Throws `ZodError` for rows of another series. */
export function addEncoded(encoded: unknown, table: DayTableBuilder): void {
  const { series } = table
  const { baseDay, users, labels, runs, days, amounts } = schemaOf(series).parse(encoded)
  const [texts, columns] = [Object.values(labels), Object.values(amounts)]
  const shift = daysBetween(table.window.from, baseDay)
  const runLength = runLengthOf(series)
  let row = 0
  for (let at = 0; at < runs.length; at += runLength) {
    const owner = {
      userId: valueAt(users, runs[at]),
      labels: texts.map((list, dimension) => valueAt(list, runs[at + 1 + dimension])),
    }
    const end = row + (runs[at + runLength - 1] ?? 0)
    for (; row < end; row += 1) {
      const day = (days[row] ?? -1) + shift
      if (day >= 0 && day < table.days.length) table.addOn(day, owner, numbersIn(columns, row))
    }
  }
}

function numbersIn(columns: readonly (readonly number[])[], row: number): number[] {
  return columns.map((column) => column[row] ?? 0)
}
