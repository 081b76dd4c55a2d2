import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import type {
  ConnectRequest,
  EditRequest,
  KeyCheckRequest,
  WireIntegration,
} from '../../../shared/contracts/integration-contract.ts'
import { operations } from '../../../shared/contracts/operations.ts'
import { useApi } from './api-context.ts'
import { dataKey } from './data-queries.ts'

/** Checks a key. Neither the API nor the page keeps it. */
export function useKeyCheck() {
  const api = useApi()
  return useMutation({
    mutationFn: (body: KeyCheckRequest) => api.call(operations.checkKey, { body }),
    gcTime: 0,
  })
}

/** Connects an organization. */
export function useConnect() {
  const api = useApi()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: ConnectRequest) => api.call(operations.connectIntegration, { body }),
    // React Query keeps a mutation's arguments until garbage collection; here they contain a key, so that is immediate.
    gcTime: 0,
    onSuccess: (integration) => remember(client, integration),
  })
}

/** Changes an integration. Seats depend on the company domains, so its data is refetched. */
export function useEdit(id: string) {
  const api = useApi()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: EditRequest) => api.call(operations.editIntegration, { params: { id }, body }),
    gcTime: 0,
    onSuccess: (integration) => {
      remember(client, integration)
      void client.invalidateQueries({ queryKey: dataKey(id) })
      void client.invalidateQueries({ queryKey: ['audit-events'] })
    },
  })
}

/** Queues a sync. */
export function useStartSync(id: string) {
  const api = useApi()
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.call(operations.startSync, { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['integration', id] }),
  })
}

/** Removes an integration with its key and its data. */
export function useDisconnect(id: string) {
  const api = useApi()
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.call(operations.deleteIntegration, { params: { id } }),
    onSuccess: () => {
      client.setQueryData<WireIntegration[]>(['integrations'], (items) => items?.filter((item) => item.id !== id))
      void client.invalidateQueries({ queryKey: ['integrations'] })
    },
  })
}

/** Shows the saved integration at once. Dependent queries are refetched in the background. */
function remember(client: QueryClient, integration: WireIntegration): void {
  client.setQueryData(['integration', integration.id], integration)
  void client.invalidateQueries({ queryKey: ['integrations'] })
}
