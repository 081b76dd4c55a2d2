/** The order of a list. Nulls come last in both directions; ties are ordered by id. */
export interface ListOrder<Item> {
  valueOf(item: Item): string | number | null
  idOf(item: Item): string
  readonly descending: boolean
  /** True for text by people. Days and times are text too, and are compared as they are. */
  readonly isWritten: boolean
}

/** An item's position in a sorted list, as a cursor stores it. */
export interface SortPosition {
  readonly value: string | number | null
  readonly id: string
}

export function sortItems<Item>(items: readonly Item[], order: ListOrder<Item>): Item[] {
  return items
    .map((item) => ({ item, position: positionOf(item, order) }))
    .toSorted((left, right) => comparePositions(left.position, right.position, order))
    .map(({ item }) => item)
}

/** A cursor contains the value, so longer texts are compared by this many characters. */
const LETTERS_AT_MOST = 100

/** An item's position in a list with this order. Text is compared by its first 100 characters. */
export function positionOf<Item>(item: Item, order: ListOrder<Item>): SortPosition {
  const value = order.valueOf(item)
  return { value: typeof value === 'string' ? value.slice(0, LETTERS_AT_MOST) : value, id: order.idOf(item) }
}

/** The items after a position in a sorted list, also if the item at that position is gone. */
export function itemsAfter<Item>(sorted: readonly Item[], position: SortPosition, order: ListOrder<Item>): Item[] {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    const item = sorted[middle]
    if (item !== undefined && comparePositions(positionOf(item, order), position, order) <= 0) from = middle + 1
    else to = middle
  }
  return sorted.slice(from)
}

/** Sorts names as people expect: `Ángel` beside `Angela`, and `ana` before `Ana`. The same on every machine. */
const collator = new Intl.Collator('en')

type Comparing = Pick<ListOrder<unknown>, 'descending' | 'isWritten'>

function comparePositions(left: SortPosition, right: SortPosition, { descending, isWritten }: Comparing): number {
  if (left.value === null || right.value === null) {
    return Number(left.value === null) - Number(right.value === null) || compareExactly(left.id, right.id)
  }
  const order = isWritten
    ? collator.compare(String(left.value), String(right.value))
    : compareExactly(left.value, right.value)
  return (descending ? -order : order) || compareExactly(left.id, right.id)
}

function compareExactly(left: string | number, right: string | number): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
