/** The order of a list. Nulls come last in both directions; ties are ordered by id. */
export interface ListOrder<Item> {
  valueOf(item: Item): string | number | null
  idOf(item: Item): string
  /** Compares as the values would, where that is faster. */
  compare?(left: Item, right: Item): number
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
    .map((item) => new ItemPosition(item, order))
    .toSorted((left, right) => left.compare(right))
    .map(({ item }) => item)
}

/** The position of an item. Its id is asked for only among items with the same value, and the value only if it is compared. */
class ItemPosition<Item> implements SortPosition {
  readonly item: Item
  readonly value: string | number | null
  private readonly order: ListOrder<Item>

  constructor(item: Item, order: ListOrder<Item>) {
    this.item = item
    this.value = order.compare === undefined ? sortValueOf(item, order) : null
    this.order = order
  }

  get id(): string {
    return this.order.idOf(this.item)
  }

  compare(other: ItemPosition<Item>): number {
    const { order } = this
    if (order.compare === undefined) return comparePositions(this, other, order)
    const compared = order.compare(this.item, other.item)
    return (order.descending ? -compared : compared) || compareExactly(this.id, other.id)
  }
}

/** A list that is sorted when more than its first items are asked for. Selecting these takes a fraction of the time. */
export class SortedList<Item> {
  private readonly items: readonly Item[]
  private readonly order: ListOrder<Item>
  private first: readonly Item[] = []
  private sorted: readonly Item[] | undefined

  constructor(items: readonly Item[], order: ListOrder<Item>) {
    this.items = items
    this.order = order
  }

  get length(): number {
    return this.items.length
  }

  /** All items, sorted. */
  get all(): readonly Item[] {
    this.sorted ??= sortItems(this.items, this.order)
    return this.sorted
  }

  /** At most so many of the first items, sorted. */
  firstItems(count: number): readonly Item[] {
    if (this.sorted !== undefined) return this.sorted.slice(0, count)
    if (this.first.length < Math.min(count, this.length)) this.first = selectFirst(this.items, count, this.order)
    return this.first.slice(0, count)
  }
}

function selectFirst<Item>(items: readonly Item[], count: number, order: ListOrder<Item>): Item[] {
  const first: ItemPosition<Item>[] = []
  for (const item of items) {
    const position = new ItemPosition(item, order)
    const last = first.at(-1)
    if (first.length === count && last !== undefined && position.compare(last) >= 0) continue
    const place = placeAfter(first, (each) => each.compare(position) <= 0)
    first.splice(place, 0, position)
    if (first.length > count) first.pop()
  }
  return first.map(({ item }) => item)
}

/** A cursor contains the value, so longer texts are compared by this many characters. */
const LETTERS_AT_MOST = 100

/** An item's position in a list with this order. Text is compared by its first 100 characters. */
export function positionOf<Item>(item: Item, order: ListOrder<Item>): SortPosition {
  return { value: sortValueOf(item, order), id: order.idOf(item) }
}

function sortValueOf<Item>(item: Item, order: ListOrder<Item>): SortPosition['value'] {
  const value = order.valueOf(item)
  return typeof value === 'string' ? value.slice(0, LETTERS_AT_MOST) : value
}

/** The items after a position in a sorted list, also if the item at that position is gone. */
export function itemsAfter<Item>(sorted: readonly Item[], position: SortPosition, order: ListOrder<Item>): Item[] {
  return sorted.slice(placeAfter(sorted, (item) => comparePositions(positionOf(item, order), position, order) <= 0))
}

/** The number of items at the beginning of a sorted list that are before a position. */
function placeAfter<Item>(sorted: readonly Item[], isBefore: (item: Item) => boolean): number {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    const item = sorted[middle]
    if (item !== undefined && isBefore(item)) from = middle + 1
    else to = middle
  }
  return from
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
