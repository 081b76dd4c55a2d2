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

/** `Letters is not measured.` Empty for a provider without such a product, and while it is loading. */
export function notMeasured(provider: WireProvider | undefined): string {
  return provider?.unmeasuredProduct == null ? '' : `${provider.unmeasuredProduct} is not measured.`
}

/** Facts of the provider of an integration, for texts. */
export type ProviderFacts = Pick<WireProvider, 'countsAsRequests' | 'unmeasuredProduct' | 'freeSeats'>

/** They have a usual length. With them, a text that is not shown yet takes its place. */
const USUAL_FACTS: ProviderFacts = {
  countsAsRequests: 'Model requests of one kind of the API',
  unmeasuredProduct: 'Product',
  freeSeats: true,
}

/** `isLoading` means that a text with the facts must not be shown yet. */
export function useProviderFacts(integrationId: string): ProviderFacts & { readonly isLoading: boolean } {
  const provider = useProviderOf(integrationId)
  return { ...(provider ?? USUAL_FACTS), isLoading: provider === undefined }
}

/** What a provider calls a part of an organization, within a sentence. While it is loading, the word of the API. */
export function partName(provider: Pick<WireProvider, 'partName'> | undefined): string {
  return provider?.partName ?? 'project'
}

/** The name of a provider, or a general term while it is loading. */
export function providerName(provider: WireProvider | undefined): string {
  return provider?.name ?? 'the provider'
}
