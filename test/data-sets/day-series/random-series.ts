import * as fc from 'fast-check'
import type { DaySeries } from '../../../shared/data-sets/data-set.ts'
import type { DayTable } from '../../../shared/data-sets/day-series/day-table.ts'
import { DayTableBuilder } from '../../../shared/data-sets/day-series/day-table-builder.ts'
import { addDays } from '../../../shared/domain/day.ts'
import { daysOfWindow, type Window } from '../../../shared/domain/window.ts'
import { WINDOW } from '../../builders.ts'

/** A row to add to a table. Labels and amounts are in the order of the declaration. */
export interface PlainRow {
  readonly day: string
  readonly userId: string | null
  readonly labels: readonly string[]
  readonly amounts: readonly number[]
}

export const USERS = [null, 'ana', 'bob', 'bot', '__proto__', '', 'ü🦊']
const LABELS = ['gpt-5', 'constructor', 'gpt-5-mini', '']
export const DAYS = ['2026-09-26', '2026-10-31', '2026-11-23', '2026-11-24']

/** Any declaration: up to three dimensions and as many measures. */
export const anySeries: fc.Arbitrary<DaySeries> = fc
  .record({ dimensions: fc.nat(3), measures: fc.integer({ min: 1, max: 3 }), active: fc.nat() })
  .map(({ dimensions, measures, active }) => ({
    kind: 'day_series',
    id: 'made-up',
    dimensions: Array.from({ length: dimensions }, (_, at) => ({ name: `d${at}`, plural: `d${at}s`, example: 'x' })),
    measures: Array.from({ length: measures }, (_, at) => ({ name: `m${at}`, label: `M${at}`, example: 1 })),
    activity: `m${active % measures}`,
  }))

/** Any rows of a series. There are few different keys, so many rows have the same ones. */
export function anyRows({ dimensions, measures }: DaySeries): fc.Arbitrary<PlainRow[]> {
  return fc.array(
    fc.record({
      day: fc.constantFrom(...DAYS),
      userId: fc.constantFrom(...USERS),
      labels: fc.tuple(...dimensions.map(() => fc.constantFrom(...LABELS))),
      amounts: fc.tuple(...measures.map(() => fc.nat(3))),
    }),
    { maxLength: 40 },
  )
}

/** A series with two sets of rows. */
export const seriesWithRows = anySeries.chain((series) =>
  fc.record({ series: fc.constant(series), rows: anyRows(series), others: anyRows(series) }),
)

export function tableOf(series: DaySeries, rows: readonly PlainRow[], window: Window = WINDOW): DayTable {
  const builder = new DayTableBuilder(series, window)
  const days = daysOfWindow(window)
  for (const { day, userId, labels, amounts } of rows) builder.addOn(days.indexOf(day), { userId, labels }, amounts)
  return builder.build()
}

/** The rows of a table, as plain objects. */
export function plainRows(table: DayTable): PlainRow[] {
  return Array.from({ length: table.rowCount }, (_, row) => ({
    day: table.dayAt(row),
    userId: table.userAt(row),
    labels: Object.values(table.labelsAt(row)),
    amounts: Object.values(table.amountsAt(row)),
  }))
}

/** The same in the simplest way: each combination of keys once, added up and sorted, without empty rows. */
export function naiveRows(rows: readonly PlainRow[]): PlainRow[] {
  const keyOf = ({ userId, labels, day }: PlainRow) => JSON.stringify([userId, labels, day])
  return [...Map.groupBy(rows, keyOf).values()]
    .flatMap((same) => same.slice(0, 1).map((first) => ({ ...first, amounts: sumOf(same, first.amounts.length) })))
    .filter(({ amounts }) => amounts.some((amount) => amount > 0))
    .toSorted((left, right) => (comesBefore(left, right) ? -1 : 1))
}

export function sumOf(rows: readonly Pick<PlainRow, 'amounts'>[], measures: number): number[] {
  return Array.from({ length: measures }, (_, at) => rows.reduce((sum, { amounts }) => sum + (amounts[at] ?? 0), 0))
}

function comesBefore(left: PlainRow, right: PlainRow): boolean {
  if (left.userId !== right.userId) return left.userId === null || (right.userId !== null && left.userId < right.userId)
  for (const [at, label] of left.labels.entries()) {
    const other = right.labels[at] ?? ''
    if (label !== other) return label < other
  }
  return left.day < right.day
}

/** The day some days later, in the window. */
export function later({ from, to }: Window, days: number): Window {
  return { from: addDays(from, days), to: addDays(to, days) }
}
