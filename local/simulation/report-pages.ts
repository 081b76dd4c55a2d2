import { FIRST_PLACE, invalidToken, readToken, writeToken } from './page-token.ts'
import type { CommonSwitches } from './switches.ts'

/** How pages of a report differ from the documented ones. */
export type ReportHabits = Pick<
  CommonSwitches,
  | 'emptyPagesWithToken'
  | 'trailingEmptyPage'
  | 'emptyPageBeforeRefusal'
  | 'repeatedRows'
  | 'pageSizeAtMost'
  | 'firstPageAgain'
  | 'endlessEmptyPages'
  | 'pageTokensRefused'
>

/** A page of a report, and the token of the next one. */
export interface ReportPage<Item> {
  readonly items: readonly Item[]
  readonly has_more: boolean
  readonly next_page: string | null
}

/** The page of a report that the query's token stands for. Throws `ApiError` for a token of another query. */
export function reportPage<Item>(
  query: URLSearchParams,
  all: readonly Item[],
  limitAsked: number,
  habits: ReportHabits,
): ReportPage<Item> {
  const limit = Math.min(limitAsked, habits.pageSizeAtMost ?? limitAsked)
  if (habits.pageTokensRefused && query.has('page')) throw invalidToken()
  const { offset, empty } = habits.firstPageAgain ? FIRST_PLACE : readToken(query)
  const emptyPage = (place: Parameters<typeof writeToken>[1]) => ({
    items: [],
    has_more: true,
    next_page: writeToken(query, place),
  })
  if (habits.endlessEmptyPages && offset > 0) return emptyPage({ offset: offset + 1, empty })
  if (offset > all.length) throw invalidToken()
  if (habits.emptyPagesWithToken && !empty) return emptyPage({ offset, empty: true })
  const isLast = offset + limit >= all.length
  const hasMore = !isLast || habits.trailingEmptyPage || habits.firstPageAgain
  const afterLast = habits.emptyPageBeforeRefusal && offset < all.length ? all.length : all.length + 1
  const next = { offset: isLast ? afterLast : offset + limit, empty: false }
  const start = habits.repeatedRows && offset > 0 ? offset - 1 : offset
  return {
    items: all.slice(start, offset + limit),
    has_more: hasMore,
    next_page: hasMore ? writeToken(query, next) : null,
  }
}
