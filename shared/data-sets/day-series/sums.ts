import { daysBetween } from '../../domain/day.ts'
import type { Window } from '../../domain/window.ts'
import type { Amounts } from '../data-set.ts'
import { valuesFrom } from './columns.ts'
import { addAmounts, amountAt, emptyRows, internIndex, keyAt, rowCountOf, withRoomFor } from './day-rows.ts'
import type { DayTable, RowSpan } from './day-table.ts'

const ROWS_AT_FIRST = 64

export interface Sum {
  /** The value of each key by which rows were grouped. */
  readonly places: readonly number[]
  readonly amounts: Amounts
}

/** Groups the rows of a range by some keys and adds them up, sorted by these keys. */
export function sumsBy(table: DayTable, keys: readonly number[], range: Window, span: RowSpan = table.all): Sum[] {
  const { rows, window } = table
  const first = daysBetween(window.from, range.from)
  const last = daysBetween(window.from, range.to)
  const sizes = keys.map((key) => table.sizeOf(key))
  const places = new Map<number, number>()
  let sums = emptyRows({ keys: 0, amounts: rows.shape.amounts }, ROWS_AT_FIRST)
  for (let row = span.from; row < span.to; row += 1) {
    const day = table.dayPlaceAt(row)
    if (day < first || day > last) continue
    let id = 0
    for (let each = 0; each < keys.length; each += 1) id = id * (sizes[each] ?? 1) + keyAt(rows, row, keys[each] ?? 0)
    const sum = internIndex(places, id)
    if (sum === rowCountOf(sums)) sums = withRoomFor(sums, sum * 2)
    addAmounts(sums, sum, rows, row)
  }
  return [...places]
    .toSorted(([left], [right]) => left - right)
    .map(([id, sum]) => ({
      places: placesOf(id, sizes),
      amounts: valuesFrom(table.series, (column) => amountAt(sums, sum, column)),
    }))
}

/** Splits the number that `sumsBy` combined into the indexes of its keys. */
function placesOf(id: number, sizes: readonly number[]): number[] {
  const places: number[] = []
  let rest = id
  for (const size of sizes.toReversed()) {
    places.unshift(rest % size)
    rest = Math.floor(rest / size)
  }
  return places
}
