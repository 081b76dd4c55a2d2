import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import type { WireUser } from '../../../shared/contracts/data-contract.ts'
import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import { operations } from '../../../shared/contracts/operations.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { countDays } from '../format/day-spans.ts'
import type { ApiClient } from './api-client.ts'
import { useApi } from './api-context.ts'

/** UTC days, both included; without them it is the whole window. */
export interface DayRange {
  readonly from?: Day
  readonly to?: Day
}

/** The part of a query's key that changes when an integration has other data to show. */
export function dataKey({ id, lastSuccessfulSyncAt }: WireIntegration): readonly unknown[] {
  return ['data', id, lastSuccessfulSyncAt]
}

/** People, seats and their use, counted; nothing is asked for without an integration. */
export function useLicenses(integration: WireIntegration | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: [...(integration === undefined ? [] : dataKey(integration)), 'licenses'],
    queryFn:
      integration === undefined
        ? skipToken
        : ({ signal }) => api.call(operations.getLicenses, { params: { id: integration.id }, signal }),
    placeholderData: keepPreviousData,
  })
}

/**
 * How many days the figures of integrations are about, as the data of the first one says that has any: a deployment reads the same
 * number of days of each. Undefined until it is known.
 */
export function useWindowDays(integrations: readonly WireIntegration[] | undefined): number | undefined {
  const synced = integrations?.find(({ lastSuccessfulSyncAt }) => lastSuccessfulSyncAt !== null)
  return countDays(useLicenses(synced).data?.asOf)
}

/** The organization's usage. Not asked for while the days are undefined. */
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

/** The first people without recent use, those seen longest ago first, and how many there are. */
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

/** What is asked for to find people without recent use: a seat, no activity in the last days, there before them, no owner. */
export function idleView(idleDays: number) {
  return { idleDays: String(idleDays), excludeRole: 'owner', sort: 'lastActiveOn' } as const
}

/** Everybody without recent use, on however many pages. */
export async function readIdlePeople(api: ApiClient, integrationId: string, idleDays: number): Promise<WireUser[]> {
  const users: WireUser[] = []
  let cursor: string | undefined
  do {
    const query = { ...idleView(idleDays), limit: '1000', cursor }
    const page = await api.call(operations.listUsers, { params: { id: integrationId }, query })
    users.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return users
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
