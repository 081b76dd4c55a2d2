import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { CompanyCostGrouping } from '../../../shared/contracts/company-costs-contract.ts'
import type { AcceptanceRequest } from '../../../shared/contracts/findings-contract.ts'
import { operations } from '../../../shared/contracts/operations.ts'
import { useApi } from './api-context.ts'
import type { DayRange } from './data-queries.ts'
import type { FindingsView } from './findings-view.ts'
import { firstPage } from './first-page.ts'
import { useIntegrations } from './integration-queries.ts'

const A_PAGE = '100'
const REFETCH_MS = 60_000

/** The common prefix of the keys of all queries over all organizations. */
export const COMPANY_KEY = ['company'] as const

/** What is so over all organizations. */
export function useOverview() {
  const api = useApi()
  return useQuery({
    queryKey: [...COMPANY_KEY, 'overview'],
    queryFn: ({ signal }) => api.call(operations.getOverview, { signal }),
    refetchInterval: REFETCH_MS,
  })
}

/** The findings of a view, page by page. The previous list stays, with its own view, until the first page arrives. */
export function useFindings(view: FindingsView) {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: [...COMPANY_KEY, 'findings', view],
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...view, limit: A_PAGE, cursor: pageParam }
      return { ...(await api.call(operations.listFindings, { query, signal })), view }
    },
    initialPageParam: firstPage(),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  })
}

/** How many findings a view has, and what could not be judged. */
export function useFindingTotal(view: FindingsView) {
  const api = useApi()
  return useQuery({
    queryKey: [...COMPANY_KEY, 'finding-total', view],
    queryFn: ({ signal }) => api.call(operations.listFindings, { query: { ...view, limit: '1' }, signal }),
    refetchInterval: REFETCH_MS,
  })
}

/** The costs of all organizations in some days, page by page. The previous list stays until the first page arrives. */
export function useCompanyCosts(groupBy: CompanyCostGrouping, range: Required<DayRange>) {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: [...COMPANY_KEY, 'costs', groupBy, range],
    queryFn: ({ pageParam, signal }) =>
      api.call(operations.getCompanyCosts, { query: { groupBy, ...range, limit: A_PAGE, cursor: pageParam }, signal }),
    initialPageParam: firstPage(),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  })
}

/** Accepts a finding. Answers over all organizations are requested again, since they count open findings. */
export function useAcceptFinding(findingId: string) {
  const api = useApi()
  const refetch = useRefetchCompany()
  return useMutation({
    mutationFn: (body: AcceptanceRequest) => api.call(operations.acceptFinding, { params: { findingId }, body }),
    onSuccess: refetch,
  })
}

/** Takes the acceptance of a finding back. */
export function useReopenFinding(findingId: string) {
  const api = useApi()
  const refetch = useRefetchCompany()
  return useMutation({
    mutationFn: () => api.call(operations.reopenFinding, { params: { findingId } }),
    onSuccess: refetch,
  })
}

/** Requests answers over all organizations again after a sync of one of them, and after one was connected or deleted. */
export function useCompanyDataOfLastSyncs(): void {
  const synced = useIntegrations().data?.map(({ id, lastSuccessfulSyncAt }) => `${id} ${lastSuccessfulSyncAt}`)
  const version = synced?.join()
  const previous = useRef<string>(undefined)
  const refetch = useRefetchCompany()
  useEffect(() => {
    if (version === undefined || version === previous.current) return
    const isFirst = previous.current === undefined
    previous.current = version
    if (!isFirst) void refetch()
  })
}

function useRefetchCompany(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: COMPANY_KEY })
}
