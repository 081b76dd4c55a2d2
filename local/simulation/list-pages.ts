import { ApiError } from './api-error.ts'
import type { CommonSwitches } from './switches.ts'

/** A page of a list, and the ids at its ends. */
export interface ListPage<Item> {
  readonly data: Item[]
  readonly first_id: string | null
  readonly last_id: string | null
  readonly has_more: boolean
}

/** Which page of a list is requested. */
export interface ListQuery {
  readonly limit: number
  /** The id before the page. Null: the first page. */
  readonly after: string | null
}

/** How pages differ from the documented ones. */
export type PageHabits = Pick<
  CommonSwitches,
  | 'duplicateIds'
  | 'pageSizeAtMost'
  | 'firstPageAgain'
  | 'endlessEmptyPages'
  | 'pageTokensRefused'
  | 'unknownCursorStatus'
>

/** The page of a list after an id. Throws `ApiError` for an unknown id. */
export function pageAfter<Item extends { readonly id: string }>(
  items: readonly Item[],
  query: ListQuery,
  habits: PageHabits,
): ListPage<Item> {
  const limit = Math.min(query.limit, habits.pageSizeAtMost ?? query.limit)
  const after = habits.firstPageAgain ? null : query.after
  if (after !== null && habits.endlessEmptyPages) return emptyPageAfter(after)
  const before = after === null ? -1 : items.findIndex((item) => item.id === after)
  if (after !== null && (before === -1 || habits.pageTokensRefused)) {
    throw new ApiError(habits.unknownCursorStatus, `No object found for 'after': '${after}'.`)
  }
  const start = habits.duplicateIds && limit > 1 && before >= 0 ? before : before + 1
  const data = items.slice(start, start + limit)
  return {
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: start + limit < items.length || habits.endlessEmptyPages || habits.firstPageAgain,
  }
}

function emptyPageAfter(after: string): ListPage<never> {
  return { data: [], first_id: null, last_id: `${after}+`, has_more: true }
}
