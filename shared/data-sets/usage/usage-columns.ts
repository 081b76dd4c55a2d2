import type { UsageNumbers } from './usage-table.ts'

/** How many numbers a row has: those of `UsageNumbers`, in their order. */
export const NUMBERS_A_ROW = 4

/** Memory of which less than so much is used is given back. */
const WORTH_KEEPING = 0.8

/** A table's rows, one after another in each column. */
export interface UsageColumns {
  /** By their place in the table's users. */
  readonly user: Int32Array
  /** By their place in the table's models. */
  readonly model: Int32Array
  /** Counted from the window's first day. */
  readonly day: Int32Array
  /** `NUMBERS_A_ROW` a row. */
  readonly numbers: Float64Array
}

/** What the numbers in columns are below. */
export interface ColumnSizes {
  readonly users: number
  readonly models: number
  readonly days: number
}

/** Columns of so many rows, all zero. */
export function columnsFor(rows: number): UsageColumns {
  return {
    user: new Int32Array(rows),
    model: new Int32Array(rows),
    day: new Int32Array(rows),
    numbers: new Float64Array(rows * NUMBERS_A_ROW),
  }
}

/** A copy with room for more rows, or of fewer. */
export function copyOf(columns: UsageColumns, rows: number): UsageColumns {
  const copy = columnsFor(rows)
  const { user, model, day, numbers } = firstRows(columns, rows)
  copy.user.set(user)
  copy.model.set(model)
  copy.day.set(day)
  copy.numbers.set(numbers)
  return copy
}

/** The first rows; in the same memory where most of it is theirs. */
export function cutTo(columns: UsageColumns, rows: number): UsageColumns {
  return rows < columns.day.length * WORTH_KEEPING ? copyOf(columns, rows) : firstRows(columns, rows)
}

function firstRows({ user, model, day, numbers }: UsageColumns, rows: number): UsageColumns {
  return {
    user: user.subarray(0, rows),
    model: model.subarray(0, rows),
    day: day.subarray(0, rows),
    numbers: numbers.subarray(0, rows * NUMBERS_A_ROW),
  }
}

/** What a column of numbers holds for one row; zeros past its end. */
export function usageNumbersAt(numbers: Float64Array, row: number): UsageNumbers {
  const at = row * NUMBERS_A_ROW
  return {
    requests: numbers[at] ?? 0,
    inputTokens: numbers[at + 1] ?? 0,
    cachedInputTokens: numbers[at + 2] ?? 0,
    outputTokens: numbers[at + 3] ?? 0,
  }
}

/** The columns sorted by user, model and day, with each of these once: rows of the same ones become one. */
export function sortedAndSummed(columns: UsageColumns, sizes: ColumnSizes): UsageColumns {
  return isInOrder(columns) ? columns : summed(columns, orderOf(columns, sizes))
}

/** Adds one row's numbers to another's. */
export function addNumbersOf(sums: Float64Array, row: number, given: Float64Array, from: number): void {
  for (let each = 0; each < NUMBERS_A_ROW; each += 1) {
    const place = row * NUMBERS_A_ROW + each
    sums[place] = at(sums, place) + at(given, from * NUMBERS_A_ROW + each)
  }
}

/** True when each row comes after the one before, and so each user, model and day is there once: as in a snapshot's parts. */
function isInOrder({ user, model, day }: UsageColumns): boolean {
  for (let row = 1; row < day.length; row += 1) {
    const byUser = at(user, row) - at(user, row - 1)
    const byModel = byUser || at(model, row) - at(model, row - 1)
    if ((byModel || at(day, row) - at(day, row - 1)) <= 0) return false
  }
  return true
}

/** The rows in order of user, model and day: sorted by the last of them first, each time keeping the order before. */
function orderOf(columns: UsageColumns, sizes: ColumnSizes): Int32Array {
  const asGiven = new Int32Array(columns.day.length)
  for (let row = 0; row < asGiven.length; row += 1) asGiven[row] = row
  const byDay = sortedBy(columns.day, sizes.days, asGiven)
  return sortedBy(columns.user, sizes.users, sortedBy(columns.model, sizes.models, byDay))
}

/** The rows in an order in which those of the same user, model and day follow one another: these become one. */
function summed(given: UsageColumns, order: Int32Array): UsageColumns {
  const columns = columnsFor(order.length)
  let rows = 0
  for (let index = 0; index < order.length; index += 1) {
    const from = at(order, index)
    if (rows === 0 || !isSameKey(columns, rows - 1, given, from)) {
      columns.user[rows] = at(given.user, from)
      columns.model[rows] = at(given.model, from)
      columns.day[rows] = at(given.day, from)
      rows += 1
    }
    addNumbersOf(columns.numbers, rows - 1, given.numbers, from)
  }
  return cutTo(columns, rows)
}

/** Rows sorted by a column of numbers below `size`; those with the same number stay as they were. A counting sort. */
function sortedBy(column: Int32Array, size: number, rows: Int32Array): Int32Array {
  const next = new Int32Array(size)
  for (let row = 0; row < column.length; row += 1) next[at(column, row)] = at(next, at(column, row)) + 1
  let before = 0
  for (let key = 0; key < size; key += 1) {
    const count = at(next, key)
    next[key] = before
    before += count
  }
  const sorted = new Int32Array(rows.length)
  for (let index = 0; index < rows.length; index += 1) {
    const row = at(rows, index)
    const key = at(column, row)
    const place = at(next, key)
    sorted[place] = row
    next[key] = place + 1
  }
  return sorted
}

function isSameKey(left: UsageColumns, leftRow: number, right: UsageColumns, rightRow: number): boolean {
  return (
    left.user[leftRow] === right.user[rightRow] &&
    left.model[leftRow] === right.model[rightRow] &&
    left.day[leftRow] === right.day[rightRow]
  )
}

/** Puts in the place of each number what stands at it in a list. */
export function remap(column: Int32Array, by: Int32Array): void {
  for (let row = 0; row < column.length; row += 1) column[row] = at(by, at(column, row))
}

/** A number of a column, which has it. */
function at(column: Int32Array | Float64Array, row: number): number {
  return column[row] ?? 0
}

/** What stands at a place of a list. Throws `RangeError` when nothing does. */
export function valueAt<Value>(values: readonly Value[], place = -1): Value {
  const value = values[place]
  if (value === undefined) throw new RangeError(`Usage refers to entry ${place} of a list that does not have it.`)
  return value
}

/** The place of a value in a list that is kept as a map, which takes it in when it is new. */
export function internIndex<Value>(places: Map<Value, number>, value: Value): number {
  let place = places.get(value)
  if (place === undefined) places.set(value, (place = places.size))
  return place
}
