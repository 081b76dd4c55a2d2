import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { WireUser } from '../../../shared/contracts/data-contract.ts'
import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import { operations } from '../../../shared/contracts/operations.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { useApi } from './api-context.ts'

/** UTC days, both included; undefined means the whole window. */
export interface DayRange {
  readonly from: Day
  readonly to: Day
}

/** The part of a query's key that changes when an integration has other data to show. */
export function dataKey({ id, lastSuccessfulSyncAt }: WireIntegration): readonly unknown[] {
  return ['data', id, lastSuccessfulSyncAt]
}

/** People, seats and licences, counted. */
export function useLicenses(integration: WireIntegration) {
  const api = useApi()
  return useQuery({
    queryKey: [...dataKey(integration), 'licenses'],
    queryFn: ({ signal }) => api.call(operations.getLicenses, { params: { id: integration.id }, signal }),
    placeholderData: keepPreviousData,
  })
}

/** The organization's usage. */
export function useUsage(integration: WireIntegration, groupBy: 'day' | 'user', range: DayRange | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: [...dataKey(integration), 'usage', groupBy, range],
    queryFn: ({ signal }) =>
      api.call(operations.getUsage, { params: { id: integration.id }, query: { groupBy, ...range }, signal }),
    enabled: range !== undefined,
    placeholderData: keepPreviousData,
  })
}

/** People with a seat and no activity in the last days who are not owners: so many of them, those seen longest ago first, and how many there are. */
export function useIdlePeople(integration: WireIntegration, idleDays: number, shown: number) {
  const api = useApi()
  return useQuery({
    queryKey: [...dataKey(integration), 'idle', idleDays],
    // With the days that were asked for: those of the question before may still be shown, and must be called theirs.
    queryFn: async ({ signal }) => {
      const query = { ...idleView(idleDays), limit: String(shown) }
      const { items, total } = await api.call(operations.listUsers, { params: { id: integration.id }, query, signal })
      return { idleDays, items, total }
    },
    placeholderData: keepPreviousData,
  })
}

/** What the users are asked for whose access is to be reviewed. */
export function idleView(idleDays: number) {
  return { idleDays: String(idleDays), excludeRole: 'owner', sort: 'lastActiveOn' } as const
}

/** One member or service account. */
export function useUser(integration: WireIntegration, userId: string) {
  const api = useApi()
  return useQuery({
    queryKey: [...dataKey(integration), 'user', userId],
    queryFn: ({ signal }): Promise<WireUser> =>
      api.call(operations.getUser, { params: { id: integration.id, userId }, signal }),
  })
}

/** One member's usage by day and model, over the whole window. */
export function useUserUsage(integration: WireIntegration, userId: string) {
  const api = useApi()
  return useQuery({
    queryKey: [...dataKey(integration), 'user', userId, 'usage'],
    queryFn: ({ signal }) => api.call(operations.getUserUsage, { params: { id: integration.id, userId }, signal }),
  })
}
