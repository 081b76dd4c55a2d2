import { useInfiniteQuery } from '@tanstack/react-query'
import * as z from 'zod'
import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import { operations } from '../../../shared/contracts/operations.ts'
import { useApi } from './api-context.ts'
import { firstPage } from './first-page.ts'
import { useRefetchOutdated } from './use-refetch-outdated.ts'

const SYNCS_A_PAGE = '10'
const EVENTS_A_PAGE = '20'

/** The newest sync is the first one of the first page. */
const readSyncsSchema = z.object({
  pages: z.array(z.object({ items: z.array(z.object({ id: z.string(), state: z.string() })) })),
})

/**
 * The syncs of an integration, newest first. They are refetched when the integration shows that a sync has begun or
 * ended.
 */
export function useSyncs(id: string, integration: WireIntegration | undefined) {
  const api = useApi()
  const newest = integration?.lastSync ?? undefined
  useRefetchOutdated({
    queryKey: syncsKey(id),
    version: newest && `${newest.id} ${newest.state}`,
    isOutdated: (data) => {
      const read = readSyncsSchema.safeParse(data).data?.pages[0]?.items[0]
      return read?.id !== newest?.id || read?.state !== newest?.state
    },
  })
  return useInfiniteQuery({
    queryKey: syncsKey(id),
    queryFn: ({ pageParam, signal }) =>
      api.call(operations.listSyncs, { params: { id }, query: { limit: SYNCS_A_PAGE, cursor: pageParam }, signal }),
    initialPageParam: firstPage(),
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

/** The audit events of an integration, newest first. For admins. */
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

function syncsKey(id: string): readonly string[] {
  return ['syncs', id]
}
