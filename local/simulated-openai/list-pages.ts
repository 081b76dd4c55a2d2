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

/** How pages differ from the documented ones. */
export interface PageHabits {
  /** A page begins with the item of its cursor again. */
  readonly repeats: boolean
  readonly sizeAtMost: number | null
  readonly firstPageAgain: boolean
  readonly endlessEmpty: boolean
  readonly cursorsRefused: boolean
  readonly unknownCursorStatus: 400 | 404
}

const PLAIN: PageHabits = {
  repeats: false,
  sizeAtMost: null,
  firstPageAgain: false,
  endlessEmpty: false,
  cursorsRefused: false,
  unknownCursorStatus: 400,
}

/** The page after the id in the query. Throws `ApiError` for an invalid limit or an unknown id. */
export function listPage<Item extends { readonly id: string }>(
  query: URLSearchParams,
  items: readonly Item[],
  habits: PageHabits = PLAIN,
): ListPage<Item> {
  const asked = numberFrom(query, 'limit', { min: 1, max: 100, otherwise: 20 })
  const limit = Math.min(asked, habits.sizeAtMost ?? asked)
  const after = habits.firstPageAgain ? null : query.get('after')
  if (after !== null && habits.endlessEmpty) return emptyPageAfter(after)
  const before = after === null ? -1 : items.findIndex((item) => item.id === after)
  if (after !== null && (before === -1 || habits.cursorsRefused)) {
    throw new ApiError(habits.unknownCursorStatus, `No object found for 'after': '${after}'.`)
  }
  const start = habits.repeats && limit > 1 && before >= 0 ? before : before + 1
  const data = items.slice(start, start + limit)
  return {
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: start + limit < items.length || habits.endlessEmpty || habits.firstPageAgain,
  }
}

function emptyPageAfter(after: string): ListPage<never> {
  return { object: 'list', data: [], first_id: null, last_id: `${after}+`, has_more: true }
}
