import { isDeepStrictEqual } from 'node:util'
import type { ListDataSet } from './data-set.ts'

/** An item to write, or the id of one to delete. */
export type ItemChange<Item> = { readonly put: Item } | { readonly delete: string }

/** The items that differ between two readings of a list. */
export function* listChanges<Item>(
  list: Pick<ListDataSet<Item>, 'idOf'>,
  previous: readonly Item[],
  next: readonly Item[],
): Generator<ItemChange<Item>> {
  const before = new Map(previous.map((item) => [list.idOf(item), item]))
  for (const item of next) {
    const id = list.idOf(item)
    if (!isDeepStrictEqual(before.get(id), item)) yield { put: item }
    before.delete(id)
  }
  for (const id of before.keys()) yield { delete: id }
}
