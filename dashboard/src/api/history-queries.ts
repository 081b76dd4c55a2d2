import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import { operations } from '../../../shared/contracts/operations.ts'
import { useApi } from './api-context.ts'

const SYNCS_A_PAGE = '10'
const EVENTS_A_PAGE = '20'

/**
 * The syncs of an integration, newest first. They are refetched when the integration shows that a sync has begun or
 * ended.
 */
export function useSyncs(id: string, integration: WireIntegration | undefined) {
  const api = useApi()
  useReadAgain(syncsKey(id), integration && `${integration.lastSync?.id} ${integration.lastSync?.state}`)
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

/** Refetches a query when a value that it depends on has changed. */
function useReadAgain(queryKey: readonly string[], dependsOn: string | undefined): void {
  const client = useQueryClient()
  const before = useRef(dependsOn)
  useEffect(() => {
    if (before.current !== undefined && before.current !== dependsOn) void client.invalidateQueries({ queryKey })
    before.current = dependsOn
  })
}

function firstPage(): string | undefined {
  return undefined
}
