import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import { operations } from '../../../shared/contracts/operations.ts'
import type { WireSync } from '../../../shared/contracts/sync-contract.ts'
import type { ApiClient } from './api-client.ts'
import { useApi } from './api-context.ts'

const WHILE_SYNCING_MS = 2000
const OTHERWISE_MS = 60_000

/** All integrations. Polled more often while one of them syncs. */
export function useIntegrations(): UseQueryResult<WireIntegration[]> {
  const api = useApi()
  return useQuery({
    queryKey: ['integrations'],
    queryFn: ({ signal }) => listAll(api, signal),
    refetchInterval: ({ state }) => (state.data?.some(isSyncing) === true ? WHILE_SYNCING_MS : OTHERWISE_MS),
  })
}

/** One integration. Polled more often while it syncs. */
export function useIntegration(id: string): UseQueryResult<WireIntegration> {
  const api = useApi()
  return useQuery({
    queryKey: ['integration', id],
    queryFn: ({ signal }) => api.call(operations.getIntegration, { params: { id }, signal }),
    refetchInterval: ({ state }) =>
      state.data !== undefined && isSyncing(state.data) ? WHILE_SYNCING_MS : OTHERWISE_MS,
  })
}

/** The state of one of an integration's data sets. Undefined while unknown, and for one that its provider lacks. */
export function useDataSet(integrationId: string, dataSet: string): WireIntegration['dataSets'][number] | undefined {
  return useIntegration(integrationId).data?.dataSets.find(({ id }) => id === dataSet)
}

/** False when a data set is known not to have been read. Then there is nothing to request. */
export function useMayBeRead(integrationId: string, dataSet: string): boolean {
  const integration = useIntegration(integrationId).data
  const found = useDataSet(integrationId, dataSet)
  return integration === undefined || (found !== undefined && found.syncedAt !== null)
}

/** The schedules that integrations can use. */
export function useSchedules() {
  const api = useApi()
  return useQuery({
    queryKey: ['schedules'],
    queryFn: ({ signal }) => api.call(operations.listSchedules, { query: { limit: '1000' }, signal }),
    select: (page) => page.items,
  })
}

/** True while the newest sync waits or runs. */
export function isSyncing(integration: WireIntegration): boolean {
  return integration.lastSync !== null && isInProgress(integration.lastSync)
}

/** True while a sync waits or runs. */
export function isInProgress(sync: WireSync): boolean {
  return sync.state === 'queued' || sync.state === 'running'
}

async function listAll(api: ApiClient, signal: AbortSignal): Promise<WireIntegration[]> {
  const items: WireIntegration[] = []
  let cursor: string | undefined
  do {
    const page = await api.call(operations.listIntegrations, { query: { limit: '1000', cursor }, signal })
    items.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return items
}
