import type { Day } from '../../domain/day.ts'
import { daysOfWindow, type Window } from '../../domain/window.ts'
import {
  type Amounts,
  type DaySeries,
  type DimensionOf,
  dimensionNames,
  type Labels,
  type MeasureOf,
  measureNames,
  type SeriesRow,
} from '../data-set.ts'
import {
  type DayRows,
  emptyRows,
  firstRows,
  internIndex,
  rowCountOf,
  sortedAndSummed,
  withRoomFor,
} from './day-rows.ts'
import { DayTable, dayKeyOf, FIRST_DIMENSION_KEY, PERSON_KEY } from './day-table.ts'

const ROWS_AT_FIRST = 1_024

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
  private readonly measureNames: readonly MeasureOf<Series>[]
  private readonly users = new Map<string | null, number>()
  private readonly labels: readonly Map<string, number>[]
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
    this.labels = series.dimensions.map(() => new Map<string, number>())
    this.rows = emptyRows({ keys: dayKeyOf(series) + 1, amounts: series.measures.length }, expectedRows)
  }

  /** Adds a row. Throws `RangeError` for a day outside the window. */
  add(row: SeriesRow<Series>): void {
    const { day, userId }: { readonly day: Day; readonly userId: string | null } = row
    const labels: Labels<Series> = row
    const amounts: Amounts<Series> = row
    const place = this.places.get(day)
    if (place === undefined) throw new RangeError(`The day ${day} lies outside the window.`)
    this.addOn(
      place,
      { userId, labels: this.dimensionNames.map((name) => labels[name]) },
      this.measureNames.map((name) => amounts[name]),
    )
  }

  /**
   * Adds the amounts of one day. The day is counted from the window's first and must be in the window. Labels and amounts
   * are in the order of the series' dimensions and measures.
   */
  addOn(
    day: number,
    { userId, labels }: { readonly userId: string | null; readonly labels: readonly string[] },
    amounts: readonly number[],
  ): void {
    if (amounts.every((amount) => amount === 0)) return
    if (this.count === rowCountOf(this.rows)) this.rows = withRoomFor(this.rows, this.count * 2 + 1)
    const { shape, keys } = this.rows
    const firstKey = this.count * shape.keys
    keys[firstKey + PERSON_KEY] = internIndex(this.users, userId)
    for (const [dimension, places] of this.labels.entries()) {
      keys[firstKey + FIRST_DIMENSION_KEY + dimension] = internIndex(places, labels[dimension] ?? '')
    }
    keys[firstKey + shape.keys - 1] = day
    this.rows.amounts.set(amounts, this.count * shape.amounts)
    this.count += 1
  }

  /** Returns the table. The builder must not be used afterwards. */
  build(): DayTable<Series> {
    const users = ranked(this.users, compareUsers)
    const labels = this.labels.map((places) => ranked(places, (left, right) => (left < right ? -1 : 1)))
    const given = firstRows(this.rows, this.count)
    for (const [key, { ranks }] of [users, ...labels].entries()) remap(given, key, ranks)
    return new DayTable(this.series, {
      window: this.window,
      users: users.names,
      labels: labels.map(({ names }) => names),
      rows: sortedAndSummed(given),
    })
  }
}

/** The sorted names, and for each original index the sorted one. */
function ranked<Name>(places: ReadonlyMap<Name, number>, compare: (left: Name, right: Name) => number) {
  const names = [...places.keys()].toSorted(compare)
  const ranks = new Int32Array(names.length)
  for (const [rank, name] of names.entries()) ranks[places.get(name) ?? 0] = rank
  return { names, ranks }
}

/** Null (nobody) comes first. */
function compareUsers(left: string | null, right: string | null): number {
  if (left === null || right === null) return left === null ? -1 : 1
  return left < right ? -1 : 1
}

/** Replaces each number of a key by the list's value at that index. */
function remap({ shape, keys }: DayRows, key: number, by: Int32Array): void {
  for (let at = key; at < keys.length; at += shape.keys) keys[at] = by[keys[at] ?? 0] ?? 0
}
