import { useInfiniteQuery } from '@tanstack/react-query'
import { operations } from '../../../shared/contracts/operations.ts'
import { useApi } from './api-context.ts'
import { dataKey } from './data-queries.ts'
import { firstPage } from './first-page.ts'
import { useMayBeRead } from './integration-queries.ts'

const A_PAGE = '100'

/** The pending and expired invitations, the newest first, page by page. */
export function useInvites(integrationId: string) {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: [...dataKey(integrationId), 'invites'],
    queryFn: ({ pageParam, signal }) =>
      api.call(operations.listInvites, {
        params: { id: integrationId },
        query: { limit: A_PAGE, cursor: pageParam },
        signal,
      }),
    initialPageParam: firstPage(),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: useMayBeRead(integrationId, 'invites'),
  })
}
