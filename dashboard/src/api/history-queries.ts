import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import { operations } from '../../../shared/contracts/operations.ts'
import { useApi } from './api-context.ts'

const SYNCS_A_PAGE = '10'
const EVENTS_A_PAGE = '20'

/** The syncs of an integration, newest first; read again whenever one begins or ends. */
export function useSyncs({ id, lastSync }: WireIntegration) {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: ['syncs', id, lastSync?.id, lastSync?.state],
    queryFn: ({ pageParam, signal }) =>
      api.call(operations.listSyncs, { params: { id }, query: { limit: SYNCS_A_PAGE, cursor: pageParam }, signal }),
    initialPageParam: firstPage(),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  })
}

/** Who did what to an integration, newest first. For admins. */
export function useAuditEvents(integrationId: string) {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: ['audit-events', integrationId],
    queryFn: ({ pageParam, signal }) =>
      api.call(operations.listAuditEvents, {
        query: { integrationId, limit: EVENTS_A_PAGE, cursor: pageParam },
        signal,
      }),
    initialPageParam: firstPage(),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 0,
  })
}

function firstPage(): string | undefined {
  return undefined
}
