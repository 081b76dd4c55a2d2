import { daysBetween, type Day } from '../../domain/day.ts'
import { daysOfWindow, type Window } from '../../domain/window.ts'
import {
  type DaySeries,
  type DimensionOf,
  dimensionNames,
  type Labels,
  type MeasureValue,
  measureNames,
  type SeriesRow,
} from '../data-set.ts'
import { carry, type ColumnKind, columnsOf, fits, hasMoney, requireExactSums, splitAmount } from './columns.ts'
import {
  amountAt,
  type DayRows,
  emptyRows,
  firstRows,
  internIndex,
  isEmptyRow,
  remap,
  rowCountOf,
  sortedAndSummed,
  valueAt,
  withRoomFor,
} from './day-rows.ts'
import { DayTable, dayKeyOf, FIRST_DIMENSION_KEY, PERSON_KEY, type RowSpan } from './day-table.ts'
import { compareUsers } from './table-users.ts'

const ROWS_AT_FIRST = 1_024

/** To whom and what a row belongs. The labels are in the order of the series' dimensions. */
export interface RowOwner {
  readonly userId: string | null
  readonly labels: readonly string[]
}

/** Rows without their owners. Amounts are by column of the series' measures. */
export interface RowColumns {
  /** The day from which the others are counted, itself counted from the window's first. */
  readonly firstDay: number
  readonly days: readonly number[]
  readonly amounts: readonly (readonly number[])[]
}

/**
 * Adds up rows, in any order, into a table. Rows are appended and sorted at the end. This is faster than finding each row's
 * place at once, because that access to memory is random.
 */
export class DayTableBuilder<Series extends DaySeries = DaySeries> {
  readonly series: Series
  readonly window: Window
  /** The window's days, oldest first. */
  readonly days: readonly Day[]
  private readonly places: ReadonlyMap<Day, number>
  private readonly dimensionNames: readonly DimensionOf<Series>[]
  private readonly measureNames: readonly string[]
  private readonly columns: readonly ColumnKind[]
  private readonly users = new Map<string | null, number>()
  private readonly labels: readonly Map<string, number>[]
  /** The keys of a row, except the day. */
  private readonly owner: number[]
  private rows: DayRows
  private count = 0

  /** An initial capacity near the expected number of rows avoids copies. */
  constructor(series: Series, window: Window, expectedRows = ROWS_AT_FIRST) {
    this.series = series
    this.window = window
    this.days = daysOfWindow(window)
    this.places = new Map(this.days.map((day, place) => [day, place]))
    this.dimensionNames = dimensionNames(series)
    this.measureNames = measureNames(series)
    this.columns = columnsOf(series).map(({ kind }) => kind)
    this.labels = series.dimensions.map(() => new Map<string, number>())
    this.owner = [0, ...this.labels.map(() => 0)]
    this.rows = emptyRows({ keys: dayKeyOf(series) + 1, amounts: this.columns.length }, Math.max(expectedRows, 1))
  }

  /** Adds a row. Throws `RangeError` for a day outside the window, and for a value that its measure cannot have. */
  add(row: SeriesRow<Series>): void {
    const { day, userId }: { readonly day: Day; readonly userId: string | null } = row
    const labels: Labels<Series> = row
    const values: Readonly<Record<string, unknown>> = row
    const place = this.places.get(day)
    if (place === undefined) throw new RangeError(`The day ${day} lies outside the window.`)
    let column = 0
    for (const name of this.measureNames) column = this.setValue(column, values[name])
    if (isEmptyRow(this.rows, this.count)) return
    this.setPerson(userId)
    for (let dimension = 0; dimension < this.dimensionNames.length; dimension += 1) {
      this.setLabel(dimension, labels[valueAt(this.dimensionNames, dimension)])
    }
    this.append(place)
  }

  /** The same for a day that is counted from the window's first, and for values in the order of the series' measures. */
  addOn(day: number, { userId, labels }: RowOwner, values: readonly MeasureValue[]): void {
    let column = 0
    for (const value of values) column = this.setValue(column, value)
    if (isEmptyRow(this.rows, this.count)) return
    this.setPerson(userId)
    for (const [dimension, label] of labels.entries()) this.setLabel(dimension, label)
    this.append(day)
  }

  /**
   * Adds consecutive rows of columns that have the same owner. Rows on days outside the window are left out. Throws `RangeError`
   * for a number that its column cannot have.
   */
  addRun({ userId, labels }: RowOwner, { firstDay, days, amounts }: RowColumns, { from, to }: RowSpan): void {
    let isOwnerSet = false
    for (let row = from; row < to; row += 1) {
      const day = firstDay + valueAt(days, row)
      if (day < 0 || day >= this.days.length) continue
      for (let column = 0; column < amounts.length; column += 1) this.setColumn(column, amounts[column]?.[row])
      if (isEmptyRow(this.rows, this.count)) continue
      if (!isOwnerSet) {
        this.setPerson(userId)
        for (const [dimension, label] of labels.entries()) this.setLabel(dimension, label)
        isOwnerSet = true
      }
      this.append(day)
    }
  }

  /** Adds the rows of a table of the same series, without those on days outside this window. Default: all of them. */
  addTable(table: DayTable, isWanted: (row: number) => boolean = () => true): void {
    const firstDay = daysBetween(this.window.from, table.window.from)
    for (let row = 0; row < table.rowCount; row += 1) {
      const day = firstDay + table.dayPlaceAt(row)
      if (day < 0 || day >= this.days.length || !isWanted(row)) continue
      const owner = { userId: table.userAt(row), labels: Object.values<string>(table.labelsAt(row)) }
      this.addRowOf(table, row, owner, day)
    }
  }

  /** Adds the amounts of a row of a table, whose measures are of the same kinds, to an owner and a day. Default: the row's place. */
  addRowOf(table: DayTable, row: number, { userId, labels }: RowOwner, day = table.dayPlaceAt(row)): void {
    for (let column = 0; column < this.columns.length; column += 1) {
      this.setColumn(column, amountAt(table.rows, row, column))
    }
    if (isEmptyRow(this.rows, this.count)) return
    this.setPerson(userId)
    for (const [dimension, label] of labels.entries()) this.setLabel(dimension, label)
    this.append(day)
  }

  /** Returns the table. The builder must not be used afterwards. Throws `RangeError` for too large amounts of money. */
  build(): DayTable<Series> {
    const users = ranked(this.users, compareUsers)
    const labels = this.labels.map((places) => ranked(places, (left, right) => (left < right ? -1 : 1)))
    const given = firstRows(this.rows, this.count)
    for (const [key, { ranks }] of [users, ...labels].entries()) remap(given, key, ranks)
    const sizes = [users.names.length, ...labels.map(({ names }) => names.length), this.days.length]
    const isMoney = hasMoney(this.series)
    if (isMoney) requireExactSums(this.series, given)
    const rows = sortedAndSummed(given, sizes)
    if (isMoney) carry(this.series, rows)
    const table = new DayTable(this.series, {
      window: this.window,
      users: users.names,
      labels: labels.map(({ names }) => names),
      rows,
    })
    return isMoney ? withoutEmptyRows(table) : table
  }

  /** Sets the person of the rows that are appended next. One without any row must not be set. */
  private setPerson(userId: string | null): void {
    this.owner[PERSON_KEY] = internIndex(this.users, userId)
  }

  /** The same for a label. */
  private setLabel(dimension: number, label: string): void {
    this.owner[FIRST_DIMENSION_KEY + dimension] = internIndex(valueAt(this.labels, dimension), label)
  }

  /** Sets a value of the row that is appended next, in its columns from the given one on. Returns the column after them. */
  private setValue(column: number, value: unknown): number {
    if (this.columns[column] !== 'coarse') {
      this.setColumn(column, value)
      return column + 1
    }
    const [coarse, rest] = splitAmount(value)
    this.setColumn(column, coarse)
    this.setColumn(column + 1, rest)
    return column + 2
  }

  private setColumn(column: number, number: unknown): void {
    if (!fits(this.columns[column], number)) {
      throw new RangeError(`A row of the series ${this.series.id} has a value that its measure cannot have.`)
    }
    this.rows.amounts[this.count * this.rows.shape.amounts + column] = number
  }

  private append(day: number): void {
    const { shape, keys } = this.rows
    const firstKey = this.count * shape.keys
    for (let key = 0; key < this.owner.length; key += 1) keys[firstKey + key] = this.owner[key] ?? 0
    keys[firstKey + this.owner.length] = day
    this.count += 1
    // There is always room for the next row.
    if (this.count === rowCountOf(this.rows)) this.rows = withRoomFor(this.rows, this.count * 2)
  }
}

/** The table without rows that add up to 0, and without the people and labels that only these have. */
function withoutEmptyRows<Series extends DaySeries>(table: DayTable<Series>): DayTable<Series> {
  const { series, window, rows, rowCount } = table
  const indexes = Array.from({ length: rowCount }, (_, row) => row)
  if (!indexes.some((row) => isEmptyRow(rows, row))) return table
  const builder = new DayTableBuilder(series, window, rowCount)
  builder.addTable(table)
  return builder.build()
}

/** The sorted names, and for each original index the sorted one. */
function ranked<Name>(places: ReadonlyMap<Name, number>, compare: (left: Name, right: Name) => number) {
  const names = [...places.keys()].toSorted(compare)
  const ranks = new Int32Array(names.length)
  for (const [rank, name] of names.entries()) ranks[places.get(name) ?? 0] = rank
  return { names, ranks }
}
