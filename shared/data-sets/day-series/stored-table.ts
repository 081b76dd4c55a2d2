import type { Window } from '../../domain/window.ts'
import { type DaySeries, dimensionNames } from '../data-set.ts'
import { listsOf, parseRows, type StoredRows } from './codec.ts'
import { columnNames, columnsOf, fits } from './columns.ts'
import { type DayRows, emptyRows, isInOrder, valueAt } from './day-rows.ts'
import { DayTable, dayKeyOf, PERSON_KEY } from './day-table.ts'
import { compareUsers } from './table-users.ts'

/**
 * A table that was encoded whole. Its rows are in order, so they are copied, not added up by a builder. Throws `ZodError` or `RangeError`
 * for what is no such table.
 */
export function storedTable(series: DaySeries, window: Window, encoded: unknown): DayTable {
  const stored = parseRows(series, encoded)
  const labels = listsOf(stored.labels, dimensionNames(series)).map((texts) => ranked(texts))
  const shape = { keys: dayKeyOf(series) + 1, amounts: columnsOf(series).length }
  const rows = emptyRows(shape, stored.days.length)
  setKeys(rows, stored, [stored.users.map((_, place) => place), ...labels.map(({ ranks }) => ranks)])
  setAmounts(rows, series, listsOf(stored.amounts, columnNames(series)))
  const texts = labels.map(({ sorted }) => sorted)
  const table = new DayTable(series, { window, users: stored.users, labels: texts, rows })
  if (
    stored.baseDay !== window.from ||
    !isInOrder(rows) ||
    !areInOrder(stored.users) ||
    !areWithin(stored.days, table)
  ) {
    throw new RangeError(`The rows of the series ${series.id} are not those of one table.`)
  }
  return table
}

/** Each user once, in the order of tables. */
function areInOrder(users: DayTable['users']): boolean {
  for (let place = 1; place < users.length; place += 1) {
    if (compareUsers(valueAt(users, place - 1), valueAt(users, place)) >= 0) return false
  }
  return true
}

function areWithin(days: readonly number[], table: DayTable): boolean {
  for (const day of days) if (day >= table.days.length) return false
  return true
}

/** The texts in their order, and the place of each stored one in it. */
function ranked(stored: readonly string[]): { sorted: string[]; ranks: number[] } {
  const sorted = stored.toSorted((left, right) => (left < right ? -1 : 1))
  return { sorted, ranks: stored.map((text) => sorted.indexOf(text)) }
}

/** `places` has the place of each stored value, for the person and each dimension. */
function setKeys({ shape, keys }: DayRows, { runs, days }: StoredRows, places: readonly (readonly number[])[]): void {
  const dayKey = shape.keys - 1
  let at = 0
  for (let run = 0; run < runs.length; run += places.length + 1) {
    const end = at + valueAt(runs, run + places.length) * shape.keys
    if (end > keys.length) throw new RangeError('There are fewer days than rows.')
    const first = at
    for (let key = PERSON_KEY; key < dayKey; key += 1) keys[first + key] = valueAt(places[key] ?? [], runs[run + key])
    for (; at < end; at += shape.keys) {
      if (at > first) keys.copyWithin(at, first, first + dayKey)
      keys[at + dayKey] = days[at / shape.keys] ?? 0
    }
  }
  if (at !== keys.length) throw new RangeError('There are more days than rows.')
}

function setAmounts({ shape, amounts }: DayRows, series: DaySeries, columns: readonly (readonly number[])[]): void {
  for (const [column, { kind }] of columnsOf(series).entries()) {
    const numbers = valueAt(columns, column)
    if (numbers.length * shape.amounts !== amounts.length) throw new RangeError('A column has too few or many amounts.')
    for (let row = 0; row < numbers.length; row += 1) {
      const number = numbers[row]
      if (!fits(kind, number))
        throw new RangeError(`A row of the series ${series.id} has a value that its measure cannot have.`)
      amounts[row * shape.amounts + column] = number
    }
  }
}
