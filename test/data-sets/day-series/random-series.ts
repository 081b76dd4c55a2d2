import * as fc from 'fast-check'
import type { Amounts, DaySeries, Measure, MeasureValue } from '../../../shared/data-sets/data-set.ts'
import type { DayTable } from '../../../shared/data-sets/day-series/day-table.ts'
import { DayTableBuilder } from '../../../shared/data-sets/day-series/day-table-builder.ts'
import { amountOf, unitsOf } from '../../../shared/domain/amount.ts'
import { addDays } from '../../../shared/domain/day.ts'
import { daysOfWindow, type Window } from '../../../shared/domain/window.ts'
import { WINDOW } from '../../builders.ts'

/**
 * A row to add to a table. Labels and amounts are in the order of the declaration. Amounts are whole numbers: of money, its
 * ten-billionths.
 */
export interface PlainRow {
  readonly day: string
  readonly userId: string | null
  readonly labels: readonly string[]
  readonly amounts: readonly bigint[]
}

export const USERS = [null, 'ana', 'bob', 'bot', '__proto__', '', 'ü🦊']
const LABELS = ['gpt-5', 'constructor', 'gpt-5-mini', '']
export const DAYS = ['2026-09-26', '2026-10-31', '2026-11-23', '2026-11-24']

const anyKind = fc.constantFrom<Measure['kind']>('count', 'money')

/** Any declaration: up to three dimensions and as many measures, of both kinds. */
export const anySeries: fc.Arbitrary<DaySeries> = fc
  .record({
    dimensions: fc.nat(3),
    kinds: fc.array(anyKind, { minLength: 1, maxLength: 3 }),
    main: fc.nat(),
    isUse: fc.boolean(),
    except: fc.subarray(LABELS),
  })
  .map(({ dimensions, kinds, main, isUse, except }) => ({
    kind: 'day_series',
    id: 'made-up',
    dimensions: Array.from({ length: dimensions }, (_, at) => ({ name: `d${at}`, plural: `d${at}s`, example: 'x' })),
    measures: kinds.map((kind, at) => measureOf(kind, `m${at}`)),
    mainMeasure: `m${main % kinds.length}`,
    activity: isUse ? { measures: kinds.flatMap((kind, at) => (kind === 'count' ? [`m${at}`] : [])), except } : null,
    rowNoun: 'row',
  }))

export function measureOf(kind: Measure['kind'], name: string): Measure {
  return kind === 'count' ? { name, kind, label: name, example: 1 } : { name, kind, label: name, example: '1.5' }
}

/** Small amounts of money often add up to 0, large ones are not exact as floats. */
const anyUnits = fc.oneof(fc.bigInt(-3n, 3n), fc.bigInt(-(10n ** 19n), 10n ** 19n))
const anyAmount = { count: fc.bigInt(0n, 3n), money: anyUnits }

/** Any rows of a series. There are few different keys, so many rows have the same ones. */
export function anyRows({ dimensions, measures }: DaySeries): fc.Arbitrary<PlainRow[]> {
  return fc.array(
    fc.record({
      day: fc.constantFrom(...DAYS),
      userId: fc.constantFrom(...USERS),
      labels: fc.tuple(...dimensions.map(() => fc.constantFrom(...LABELS))),
      amounts: fc.tuple(...measures.map(({ kind }) => anyAmount[kind])),
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
  for (const { day, userId, labels, amounts } of rows) {
    const values = series.measures.map(({ kind }, at) => valueOf(kind, amounts[at] ?? 0n))
    builder.addOn(days.indexOf(day), { userId, labels }, values)
  }
  return builder.build()
}

/** A value of a measure, from a whole number. */
export function valueOf(kind: Measure['kind'], amount: bigint): MeasureValue {
  return kind === 'count' ? Number(amount) : amountOf(amount)
}

/** The whole number of each measure. */
export function plainAmounts(amounts: Amounts): bigint[] {
  return Object.values(amounts).map((value) => (typeof value === 'number' ? BigInt(value) : unitsIn(value)))
}

/** Throws `RangeError` for a text that is not an amount in its only form. */
function unitsIn(text: string): bigint {
  const units = unitsOf(text)
  if (units === null || amountOf(units) !== text) throw new RangeError(`${text} is not an amount`)
  return units
}

/** The rows of a table, as plain objects. */
export function plainRows(table: DayTable): PlainRow[] {
  return Array.from({ length: table.rowCount }, (_, row) => ({
    day: table.dayAt(row),
    userId: table.userAt(row),
    labels: Object.values(table.labelsAt(row)),
    amounts: plainAmounts(table.amountsAt(row)),
  }))
}

/** The same in the simplest way: each combination of keys once, added up and sorted, without empty rows. */
export function naiveRows(rows: readonly PlainRow[]): PlainRow[] {
  const keyOf = ({ userId, labels, day }: PlainRow) => JSON.stringify([userId, labels, day])
  return [...Map.groupBy(rows, keyOf).values()]
    .flatMap((same) => same.slice(0, 1).map((first) => ({ ...first, amounts: sumOf(same, first.amounts.length) })))
    .filter(({ amounts }) => amounts.some((amount) => amount !== 0n))
    .toSorted((left, right) => (comesBefore(left, right) ? -1 : 1))
}

export function sumOf(rows: readonly Pick<PlainRow, 'amounts'>[], measures: number): bigint[] {
  return Array.from({ length: measures }, (_, at) => rows.reduce((sum, { amounts }) => sum + (amounts[at] ?? 0n), 0n))
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
