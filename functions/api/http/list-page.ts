import * as z from 'zod'
import { itemsAfter, type ListOrder, positionOf, SortedList } from '../../../shared/data-sets/sorted-list.ts'
import { type CursorScope, decodeCursor, encodeCursor, firstPage } from './cursor.ts'

const positionSchema = z.strictObject({ value: z.union([z.string(), z.number(), z.null()]), id: z.string() })

/** A page of a sorted list, after the cursor of the query. Throws `ValidationError` for a cursor of another list. */
export function listPage<Item>(
  scope: CursorScope & { readonly query: { readonly limit: number; readonly cursor?: string | undefined } },
  list: SortedList<Item> | readonly Item[],
  order: ListOrder<Item>,
): { items: readonly Item[]; nextCursor: string | null; total: number } {
  const position = decodeCursor(scope, scope.query.cursor, positionSchema)
  const { limit } = scope.query
  const [first, all] =
    list instanceof SortedList ? [() => list.firstItems(limit + 1), () => list.all] : [() => list, () => list]
  const { items, last } = firstPage(position === undefined ? first() : itemsAfter(all(), position, order), limit)
  const nextCursor = last === null ? null : encodeCursor(scope, positionOf(last, order))
  return { items, nextCursor, total: list.length }
}
