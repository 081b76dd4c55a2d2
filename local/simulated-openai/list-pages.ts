import { type ListPage, pageAfter, type PageHabits } from '../simulation/list-pages.ts'
import { COMMON_AS_DOCUMENTED } from '../simulation/switches.ts'
import { numberFrom } from './query.ts'

/** A page as OpenAI's lists return it. */
export type OpenAiListPage<Item> = ListPage<Item> & { readonly object: 'list' }

/** The page after the id in the query. Throws `ApiError` for an invalid limit or an unknown id. */
export function listPage<Item extends { readonly id: string }>(
  query: URLSearchParams,
  items: readonly Item[],
  habits: PageHabits = COMMON_AS_DOCUMENTED,
): OpenAiListPage<Item> {
  const limit = numberFrom(query, 'limit', { min: 1, max: 100, otherwise: 20 })
  return { object: 'list', ...pageAfter(items, { limit, after: query.get('after') }, habits) }
}
