import { amountOf, type AmountUnits, requireUnits } from '../../domain/amount.ts'
import { type Amounts, type DaySeries, type MeasureValue, measureNames, recordOf } from '../data-set.ts'
import type { DayRows } from './day-rows.ts'

/*
 * The measures of a row as columns of floats. A count is one column. An amount of money is two: its hundred-thousandths, rounded
 * down, which can be negative, and the remaining ten-billionths, from 0 to 99,999. Floats hold both exactly. Columns are added up
 * separately; then whole hundred-thousandths are carried from the second to the first.
 */

const UNITS_PER_COARSE = 100_000

export type ColumnKind = 'count' | 'coarse' | 'rest'

interface Column {
  readonly measure: string
  readonly name: string
  readonly kind: ColumnKind
}

/** The columns of a series, in the order of its measures. */
export function columnsOf({ measures }: DaySeries): Column[] {
  return measures.flatMap(({ name, kind }): Column[] => {
    if (kind === 'count') return [{ measure: name, name, kind }]
    return [
      { measure: name, name, kind: 'coarse' },
      { measure: name, name: `${name}.rest`, kind: 'rest' },
    ]
  })
}

export function columnNames(series: DaySeries): string[] {
  return columnsOf(series).map(({ name }) => name)
}

/** The indexes of a measure's columns. Empty without a measure. */
export function columnsOfMeasure(series: DaySeries, measure: string | null): number[] {
  return columnsOf(series).flatMap((column, index) => (column.measure === measure ? [index] : []))
}

export function hasMoney({ measures }: DaySeries): boolean {
  return measures.some(({ kind }) => kind === 'money')
}

/** True for a number that a column can have. */
export function fits(kind: ColumnKind | undefined, value: unknown): value is number {
  if (kind === 'coarse') return Number.isSafeInteger(value)
  if (!Number.isInteger(value)) return false
  const number = Number(value)
  return number >= 0 && (kind === 'count' || number < UNITS_PER_COARSE)
}

/** The two columns of an amount. Throws `RangeError` for a text that is no amount. */
export function splitAmount(amount: unknown): readonly [coarse: number, rest: number] {
  const units = unitsIn(amount)
  const perCoarse = BigInt(UNITS_PER_COARSE)
  const rest = ((units % perCoarse) + perCoarse) % perCoarse
  return [Number((units - rest) / perCoarse), Number(rest)]
}

/** An amount from its two columns, which may be those of several amounts added up. */
export function unitsFrom(coarse: number, rest: number): AmountUnits {
  return BigInt(coarse) * BigInt(UNITS_PER_COARSE) + BigInt(rest)
}

/** The value of each measure, from columns. */
export function valuesFrom<Series extends DaySeries>(
  series: Series,
  columnAt: (column: number) => number,
): Amounts<Series> {
  const values: Record<string, MeasureValue> = {}
  let column = 0
  for (const { name, kind } of series.measures) {
    values[name] = kind === 'count' ? columnAt(column) : amountOf(unitsFrom(columnAt(column), columnAt(column + 1)))
    column += kind === 'count' ? 1 : 2
  }
  // Each measure has a value of its kind, but the compiler cannot derive that from the loop.
  return values as Amounts<Series>
}

/** The sum of several values of each measure. Without any, it is 0. */
export function addedUp(series: DaySeries, all: readonly Amounts[]): Amounts {
  return recordOf(measureNames(series), (name, place): MeasureValue => {
    if (series.measures[place]?.kind === 'count') return all.reduce((sum, values) => sum + Number(values[name]), 0)
    return amountOf(all.reduce((sum, values) => sum + unitsIn(values[name] ?? 0), 0n))
  })
}

/** True when not every value is 0. Amounts with different signs can add up to 0. */
export function isNotZero(amounts: Amounts): boolean {
  return Object.values(amounts).some((value) => value !== 0 && value !== '0')
}

/** A number in the order of the values of one measure. */
export function sortable(value: MeasureValue = 0): number | bigint {
  return typeof value === 'number' ? value : unitsIn(value)
}

/**
 * Throws `RangeError` for amounts of money of 90 billion and more, regardless of their signs and added up over all rows. Below,
 * all sums of the columns are exact.
 */
export function requireExactSums(series: DaySeries, { shape, amounts }: DayRows): void {
  for (const [column, { kind }] of columnsOf(series).entries()) {
    if (kind !== 'coarse') continue
    let size = 0
    // Carrying adds less than one for each row.
    for (let at = column; at < amounts.length; at += shape.amounts) size += Math.abs(amounts[at] ?? 0) + 1
    if (size > Number.MAX_SAFE_INTEGER) throw new RangeError(`The amounts of the series ${series.id} are too large.`)
  }
}

/** Makes columns that were added up those of one amount again. Changes the rows. */
export function carry(series: DaySeries, { shape, amounts }: DayRows): void {
  for (const [column, { kind }] of columnsOf(series).entries()) {
    if (kind !== 'rest') continue
    for (let at = column; at < amounts.length; at += shape.amounts) {
      const rest = amounts[at] ?? 0
      if (rest < UNITS_PER_COARSE) continue
      amounts[at - 1] = (amounts[at - 1] ?? 0) + Math.floor(rest / UNITS_PER_COARSE)
      amounts[at] = rest % UNITS_PER_COARSE
    }
  }
}

function unitsIn(amount: unknown): AmountUnits {
  return requireUnits(typeof amount === 'string' ? amount : '')
}
