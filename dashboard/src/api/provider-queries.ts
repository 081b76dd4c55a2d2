import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { operations } from '../../../shared/contracts/operations.ts'
import type { WireProvider } from '../../../shared/contracts/provider-contract.ts'
import { useApi } from './api-context.ts'
import { useIntegration } from './integration-queries.ts'

/** The providers whose organizations can be connected. */
export function useProviders(): UseQueryResult<WireProvider[]> {
  const api = useApi()
  return useQuery({
    queryKey: ['providers'],
    queryFn: ({ signal }) => api.call(operations.listProviders, { signal }),
    select: (answer) => answer.items,
    staleTime: Infinity,
  })
}

/** A provider by its id. Undefined while it is loading. */
export function useProvider(id: string | undefined): WireProvider | undefined {
  return useProviders().data?.find((provider) => provider.id === id)
}

/** The provider of an integration. Undefined while it is loading. */
export function useProviderOf(integrationId: string): WireProvider | undefined {
  return useProvider(useIntegration(integrationId).data?.provider)
}

/** Says that a product of the provider is not measured. Empty for a provider without one, and while it is loading. */
export function notMeasured(provider: WireProvider | undefined): string {
  return provider?.unmeasuredProduct == null ? '' : `${provider.unmeasuredProduct} is not measured.`
}

/** What a provider counts as requests, to begin a sentence with. A general term while it is loading. */
export function requestsOf(provider: WireProvider | undefined): string {
  return provider?.countsAsRequests ?? 'Requests'
}

/** The name of a provider, or a general term while it is loading. */
export function providerName(provider: WireProvider | undefined): string {
  return provider?.name ?? 'the provider'
}
