import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { CostGrouping } from '../../../shared/contracts/costs-contract.ts'
import { operations } from '../../../shared/contracts/operations.ts'
import { monthBefore } from '../../../shared/domain/month.ts'
import { useApi } from './api-context.ts'
import { dataKey, type DayRange } from './data-queries.ts'
import { useDataSet, useMayBeRead } from './integration-queries.ts'

/** What is asked about costs. */
interface CostsAsked {
  readonly groupBy: CostGrouping
  /** Undefined: the main one. */
  readonly currency: string | undefined
  /** Nothing is requested while it is undefined. */
  readonly range: DayRange | undefined
}

/** The organization's costs. */
export function useCosts(integrationId: string, { groupBy, currency, range }: CostsAsked) {
  const api = useApi()
  const mayBeRead = useMayBeRead(integrationId, 'costs')
  return useQuery({
    queryKey: [...dataKey(integrationId), 'costs', groupBy, range, currency],
    queryFn: ({ signal }) =>
      api.call(operations.getCosts, { params: { id: integrationId }, query: { groupBy, currency, ...range }, signal }),
    enabled: range !== undefined && mayBeRead,
    placeholderData: keepPreviousData,
  })
}

/** The days of the last month with costs and of the one before, as far as costs cover them. */
export function useCostsOfTwoMonths(integrationId: string, currency?: string) {
  const { from, to } = useDataSet(integrationId, 'costs') ?? {}
  const isKnown = from !== undefined && from !== null && to !== undefined && to !== null
  return useCosts(integrationId, { groupBy: 'day', currency, range: isKnown ? twoMonths({ from, to }) : undefined })
}

/** One member's costs by day. The default range is the window, as it is of their usage. */
export function useUserCosts(integrationId: string, userId: string, isKnown: boolean) {
  const api = useApi()
  return useQuery({
    queryKey: [...dataKey(integrationId), 'costs', 'user', userId],
    queryFn: ({ signal }) => api.call(operations.getUserCosts, { params: { id: integrationId, userId }, signal }),
    enabled: isKnown,
  })
}

function twoMonths({ from, to }: Required<DayRange>): DayRange {
  const first = monthBefore(to).from
  return { from: first > from ? first : from, to }
}
