import { ApiError } from './api-error.ts'
import { numberFrom } from './query.ts'

/** A page of a list, and the ids at its ends. */
export interface ListPage<Item> {
  readonly object: 'list'
  readonly data: Item[]
  readonly first_id: string | null
  readonly last_id: string | null
  readonly has_more: boolean
}

/**
 * The page after the id that the query names. With `repeats` it begins with that id once more. Throws `ApiError` 400
 * for a limit out of bounds and for an id that is not in the list.
 */
export function listPage<Item extends { readonly id: string }>(
  query: URLSearchParams,
  items: readonly Item[],
  { repeats }: { readonly repeats: boolean } = { repeats: false },
): ListPage<Item> {
  const limit = numberFrom(query, 'limit', { min: 1, max: 100, otherwise: 20 })
  const after = query.get('after')
  const before = after === null ? -1 : items.findIndex((item) => item.id === after)
  if (after !== null && before === -1) throw new ApiError(400, `No object found for 'after': '${after}'.`)
  const start = repeats && limit > 1 && before >= 0 ? before : before + 1
  const data = items.slice(start, start + limit)
  return {
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: start + limit < items.length,
  }
}
