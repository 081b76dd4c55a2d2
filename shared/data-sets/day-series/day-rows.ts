/** When less than this share of the memory is used, the rows are copied and the rest is released. */
const WORTH_KEEPING = 0.8

/** The rows of a day series in typed arrays, so millions of numbers need no objects. */
export interface DayRows {
  /** The number of keys and of amounts per row. */
  readonly shape: RowShape
  /** For each row its person, further dimensions and day, as indexes into lists. */
  readonly keys: Int32Array
  /** For each row a number per column of the measures. */
  readonly amounts: Float64Array
}

interface RowShape {
  readonly keys: number
  readonly amounts: number
}

/** Rows with all keys and amounts 0. */
export function emptyRows(shape: RowShape, count: number): DayRows {
  return { shape, keys: new Int32Array(count * shape.keys), amounts: new Float64Array(count * shape.amounts) }
}

export function rowCountOf({ shape, amounts }: DayRows): number {
  return amounts.length / shape.amounts
}

/** The memory of the rows, with what is unused of it. */
export function rowBytesOf({ keys, amounts }: DayRows): number {
  return keys.buffer.byteLength + amounts.buffer.byteLength
}

/** A key of an existing row. */
export function keyAt({ shape, keys }: DayRows, row: number, key: number): number {
  return keys[row * shape.keys + key] ?? 0
}

/** An amount of an existing row. */
export function amountAt({ shape, amounts }: DayRows, row: number, amount: number): number {
  return amounts[row * shape.amounts + amount] ?? 0
}

/** True when all amounts of a row are 0. */
export function isEmptyRow(rows: DayRows, row: number): boolean {
  for (let amount = 0; amount < rows.shape.amounts; amount += 1) if (amountAt(rows, row, amount) !== 0) return false
  return true
}

/** A copy with room for more rows. */
export function withRoomFor({ shape, keys, amounts }: DayRows, count: number): DayRows {
  const copy = emptyRows(shape, count)
  copy.keys.set(keys)
  copy.amounts.set(amounts)
  return copy
}

/** The first rows. They share the memory unless most of it is unused. */
export function firstRows({ shape, keys, amounts }: DayRows, count: number): DayRows {
  const [keysEnd, amountsEnd] = [count * shape.keys, count * shape.amounts]
  return keysEnd < keys.length * WORTH_KEEPING
    ? { shape, keys: keys.slice(0, keysEnd), amounts: amounts.slice(0, amountsEnd) }
    : { shape, keys: keys.subarray(0, keysEnd), amounts: amounts.subarray(0, amountsEnd) }
}

/** Replaces each number of a key by the list's value at that index. */
export function remap({ shape, keys }: DayRows, key: number, by: Int32Array): void {
  for (let at = key; at < keys.length; at += shape.keys) keys[at] = by[keys[at] ?? 0] ?? 0
}

/** The rows, sorted by their keys. Rows with the same keys are added up. Each key is below its size. */
export function sortedAndSummed(rows: DayRows, sizes: readonly number[]): DayRows {
  return isInOrder(rows) ? rows : summed(rows, orderOf(rows, sizes))
}

/** True when the rows are sorted and each combination of keys occurs once, as in the parts of a snapshot. */
export function isInOrder(rows: DayRows): boolean {
  const count = rowCountOf(rows)
  for (let row = 1; row < count; row += 1) if (compareKeys(rows, row - 1, row) >= 0) return false
  return true
}

/** Sorts by the last key first. Sorting by another one keeps the order of rows with the same value. */
function orderOf(rows: DayRows, sizes: readonly number[]): Int32Array {
  let order: Int32Array = new Int32Array(rowCountOf(rows))
  for (let row = 0; row < order.length; row += 1) order[row] = row
  for (const [key, size] of [...sizes.entries()].toReversed()) order = orderBy(rows, key, size, order)
  return order
}

/** A counting sort. With a sort by comparison, building a table took almost twice as long. */
function orderBy(rows: DayRows, key: number, size: number, order: Int32Array): Int32Array {
  const places = new Int32Array(size + 1)
  for (const row of order) {
    const after = keyAt(rows, row, key) + 1
    places[after] = (places[after] ?? 0) + 1
  }
  for (let value = 1; value < size; value += 1) places[value] = (places[value] ?? 0) + (places[value - 1] ?? 0)
  const sorted = new Int32Array(order.length)
  for (const row of order) {
    const value = keyAt(rows, row, key)
    const place = places[value] ?? 0
    sorted[place] = row
    places[value] = place + 1
  }
  return sorted
}

function summed(given: DayRows, order: Int32Array): DayRows {
  const { shape } = given
  const rows = emptyRows(shape, order.length)
  let count = 0
  let before = -1
  for (const row of order) {
    if (before === -1 || compareKeys(given, before, row) !== 0) {
      for (let key = 0; key < shape.keys; key += 1) rows.keys[count * shape.keys + key] = keyAt(given, row, key)
      count += 1
    }
    addAmounts(rows, count - 1, given, row)
    before = row
  }
  return firstRows(rows, count)
}

/** Adds one row's amounts to another's. */
export function addAmounts(sums: DayRows, sum: number, given: DayRows, row: number): void {
  const { amounts } = given.shape
  for (let each = 0; each < amounts; each += 1) {
    const place = sum * amounts + each
    sums.amounts[place] = (sums.amounts[place] ?? 0) + amountAt(given, row, each)
  }
}

function compareKeys({ shape, keys }: DayRows, left: number, right: number): number {
  for (let key = 0; key < shape.keys; key += 1) {
    const difference = (keys[left * shape.keys + key] ?? 0) - (keys[right * shape.keys + key] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** The index of a value in a list that is stored as a map. A new value is added. */
export function internIndex<Value>(places: Map<Value, number>, value: Value): number {
  let place = places.get(value)
  if (place === undefined) places.set(value, (place = places.size))
  return place
}

/** The value at an index. Throws `RangeError` when there is none. */
export function valueAt<Value>(values: readonly Value[], place = -1): Value {
  const value = values[place]
  if (value === undefined) throw new RangeError(`A row refers to entry ${place} of a list that does not have it.`)
  return value
}
