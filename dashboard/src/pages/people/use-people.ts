import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { operations } from '../../../../shared/contracts/operations.ts'
import { useApi } from '../../api/api-context.ts'
import { firstPage } from '../../api/first-page.ts'
import { PEOPLE_KEY } from '../../api/people-queries.ts'
import type { PeopleView } from './people-view.ts'

/** The first page is small, so search results show at once; later pages are larger. */
const FIRST_PAGE = '50'
const NEXT_PAGES = '500'

/** The people of a view, page by page. The previous list stays, with its own view, until the first page arrives. */
export function usePeople(view: PeopleView) {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: [...PEOPLE_KEY, 'list', view],
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...view, limit: pageParam === undefined ? FIRST_PAGE : NEXT_PAGES, cursor: pageParam }
      return { ...(await api.call(operations.listPeople, { query, signal })), view }
    },
    initialPageParam: firstPage(),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  })
}

/** How many people match a filter. Nothing is requested while `isWanted` is false. */
export function useNumberOfPeople(view: PeopleView, isWanted = true): number | undefined {
  const api = useApi()
  const found = useQuery({
    queryKey: [...PEOPLE_KEY, 'number', view],
    queryFn: ({ signal }) => api.call(operations.listPeople, { query: { ...view, limit: '1' }, signal }),
    enabled: isWanted,
  })
  return found.data?.total
}
