import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { operations } from '../../../../shared/contracts/operations.ts'
import { useApi } from '../../api/api-context.ts'
import { dataKey } from '../../api/data-queries.ts'
import type { MembersView } from './members-view.ts'

/** Enough for the first screen, so that what is typed shows at once; then more at a time. */
const FIRST_PAGE = '50'
const NEXT_PAGES = '500'

/** The people of a view, page by page. The list before stays, with its own view, until the first page is there. */
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

function firstPage(): string | undefined {
  return undefined
}
