import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { operations } from '../../../../shared/contracts/operations.ts'
import { useApi } from '../../api/api-context.ts'
import { dataKey } from '../../api/data-queries.ts'
import { firstPage } from '../../api/first-page.ts'
import type { MembersView } from './members-view.ts'

/** The first page is small, so search results show at once; later pages are larger. */
const FIRST_PAGE = '50'
const NEXT_PAGES = '500'

/** The people of a view, page by page. The previous list stays, with its own view, until the first page arrives. */
export function useMembers(integrationId: string, view: MembersView) {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: [...dataKey(integrationId), 'users', view],
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...view, limit: pageParam === undefined ? FIRST_PAGE : NEXT_PAGES, cursor: pageParam }
      const page = await api.call(operations.listUsers, { params: { id: integrationId }, query, signal })
      return { ...page, view }
    },
    initialPageParam: firstPage(),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  })
}
