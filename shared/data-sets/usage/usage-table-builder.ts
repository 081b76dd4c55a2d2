import type { Day } from '../../domain/day.ts'
import {
  addNumbersOf,
  columnsFor,
  copyOf,
  cutTo,
  NUMBERS_A_ROW,
  internIndex,
  remap,
  sortedAndSummed,
  type UsageColumns,
  usageNumbersAt,
} from './usage-columns.ts'
import { isNoUsage, type UsageNumbers, type UsageRow, UsageTable } from './usage-table.ts'
import { daysOfWindow, type Window } from '../../domain/window.ts'

const ROWS_AT_FIRST = 1_024

/** What a row is about, its day aside. */
export interface UsageOwner {
  readonly userId: string | null
  readonly model: string
}

/**
 * Sums rows up into a table, in whatever order they come. They are kept as they come, one after the other, and sorted at the
 * end: to find each row's place at once took longer, since the places lie all over memory.
 */
export class UsageTableBuilder {
  readonly window: Window
  /** The window's days, oldest first. */
  readonly days: readonly Day[]
  private readonly places: ReadonlyMap<Day, number>
  private readonly users = new Map<string | null, number>()
  private readonly models = new Map<string, number>()
  private columns: UsageColumns
  private rowCount = 0

  /** With about as many rows as are expected, none has to be copied when more come. */
  constructor(window: Window, expectedRows = ROWS_AT_FIRST) {
    this.window = window
    this.columns = columnsFor(expectedRows)
    this.days = daysOfWindow(window)
    this.places = new Map(this.days.map((day, place) => [day, place]))
  }

  /** Adds a row. Throws `RangeError` for a day outside the window. */
  add(row: UsageRow): void {
    const place = this.places.get(row.day)
    if (place === undefined) throw new RangeError(`The day ${row.day} lies outside the window.`)
    this.addOn(place, row, row)
  }

  /** Adds numbers on a day counted from the window's first, which must lie in the window. */
  addOn(place: number, { userId, model }: UsageOwner, numbers: UsageNumbers): void {
    if (isNoUsage(numbers)) return
    if (this.rowCount === this.columns.day.length) this.columns = copyOf(this.columns, this.rowCount * 2 + 1)
    const row = this.rowCount
    this.rowCount += 1
    this.columns.user[row] = internIndex(this.users, userId)
    this.columns.model[row] = internIndex(this.models, model)
    this.columns.day[row] = place
    const at = row * NUMBERS_A_ROW
    this.columns.numbers[at] = numbers.requests
    this.columns.numbers[at + 1] = numbers.inputTokens
    this.columns.numbers[at + 2] = numbers.cachedInputTokens
    this.columns.numbers[at + 3] = numbers.outputTokens
  }

  /** The table of what was added; the builder is spent after that. */
  build(): UsageTable {
    const users = ranked(this.users, compareUsers)
    const models = ranked(this.models, (left, right) => (left < right ? -1 : 1))
    const given = cutTo(this.columns, this.rowCount)
    remap(given.user, users.ranks)
    remap(given.model, models.ranks)
    const sizes = { users: users.names.length, models: models.names.length, days: this.days.length }
    const columns = sortedAndSummed(given, sizes)
    return new UsageTable({ window: this.window, users: users.names, models: models.names, columns })
  }
}

/** The names in order, and for each place as it was given the one in that order. */
function ranked<Name>(places: ReadonlyMap<Name, number>, compare: (left: Name, right: Name) => number) {
  const names = [...places.keys()].toSorted(compare)
  const ranks = new Int32Array(names.length)
  for (const [rank, name] of names.entries()) ranks[places.get(name) ?? 0] = rank
  return { names, ranks }
}

/** Nobody comes first. */
function compareUsers(left: string | null, right: string | null): number {
  if (left === null || right === null) return left === null ? -1 : 1
  return left < right ? -1 : 1
}

/** The same usage with everybody's numbers in one: rows that name no user. */
export function summedOverUsers(table: UsageTable): UsageTable {
  const { window, days, models, columns } = table
  const sums = new Float64Array(models.length * days.length * NUMBERS_A_ROW)
  for (let row = 0; row < table.rowCount; row += 1) {
    addNumbersOf(sums, (columns.model[row] ?? 0) * days.length + (columns.day[row] ?? 0), columns.numbers, row)
  }
  const builder = new UsageTableBuilder(window)
  for (const [place, model] of models.entries()) {
    for (const day of days.keys()) {
      builder.addOn(day, { userId: null, model }, usageNumbersAt(sums, place * days.length + day))
    }
  }
  return builder.build()
}
