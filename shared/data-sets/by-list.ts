import type { ItemOf, ListDataSet } from './data-set.ts'
import { LISTS, type RegisteredList } from './registry.ts'

/** The items of each registered list, by its id. Null for a list that was never read. */
export type ListItems = { readonly [List in RegisteredList as List['id']]: readonly ItemOf<List>[] | null }

/** The same for code that treats all lists alike. */
export type AnyListItems = Readonly<Record<string, readonly unknown[] | null>>

export function itemsByList(itemsOf: (list: ListDataSet) => readonly unknown[] | null): ListItems {
  // The compiler does not know that each id's items belong to that list: the record has one type of value.
  return Object.fromEntries(LISTS.map((list: ListDataSet) => [list.id, itemsOf(list)])) as ListItems
}

/** The names of the parts of a list that could not be read. */
export function unreadPartsOf(id: string, items: readonly unknown[]): readonly string[] {
  const list: ListDataSet | undefined = LISTS.find((each) => each.id === id)
  return list?.unreadParts?.(items) ?? []
}

/** The items of each list, which have to be read first. Rejects as soon as one rejects. */
export async function readByList(read: (list: ListDataSet) => Promise<readonly unknown[] | null>): Promise<ListItems> {
  const found = await Promise.all(LISTS.map(async (list: ListDataSet) => [list.id, await read(list)] as const))
  const items = new Map(found)
  return itemsByList(({ id }) => items.get(id) ?? null)
}
