import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import * as z from 'zod'
import { asOfSchema, type WireUser } from '../../../shared/contracts/data-contract.ts'
import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import { operations } from '../../../shared/contracts/operations.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { countDays } from '../format/day-spans.ts'
import type { ApiClient } from './api-client.ts'
import { useApi } from './api-context.ts'
import { useRefetchOutdated } from './use-refetch-outdated.ts'

/** UTC days, both inclusive. Undefined means the whole window. */
export interface DayRange {
  readonly from?: Day
  readonly to?: Day
}

/**
 * The common prefix of the keys of all queries of an organization's data. In the key of a query about an optional data
 * set, its id comes next.
 */
export function dataKey(integrationId: string): readonly unknown[] {
  return ['data', integrationId]
}

/** The sync that the data is from. Paged data says so on its first page. */
const readDataSchema = z.union([
  z.object({ asOf: asOfSchema.nullable() }).transform(({ asOf }) => asOf),
  z
    .object({ pages: z.array(z.object({ asOf: asOfSchema.nullable() })) })
    .transform(({ pages }) => pages[0]?.asOf ?? null),
])

/**
 * Refetches an organization's data when it is from an older sync than the last one that read it: an optional data set
 * can keep an older reading than the others.
 */
export function useDataOfLastSync(integrationId: string, integration: WireIntegration | undefined): void {
  const syncedAt = integration?.lastSuccessfulSyncAt ?? undefined
  useRefetchOutdated({
    queryKey: dataKey(integrationId),
    version: syncedAt,
    isOutdated: (data, [, , id]) => {
      const read = readDataSchema.safeParse(data)
      const last = integration?.dataSets.find((dataSet) => dataSet.id === id)?.syncedAt ?? syncedAt
      return read.success && last !== undefined && (read.data === null || read.data.syncedAt < last)
    },
  })
}

/** Counts of people, seats and their use. Nothing is requested without an integration. */
export function useLicenses(integrationId: string | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: [...dataKey(integrationId ?? ''), 'licenses'],
    queryFn:
      integrationId === undefined
        ? skipToken
        : ({ signal }) => api.call(operations.getLicenses, { params: { id: integrationId }, signal }),
    placeholderData: keepPreviousData,
  })
}

/**
 * The number of days in the window. All integrations of a deployment have the same, so it is taken from the first one
 * that has data. Undefined while unknown.
 */
export function useWindowDays(integrations: readonly WireIntegration[] | undefined): number | undefined {
  const synced = integrations?.find(({ lastSuccessfulSyncAt }) => lastSuccessfulSyncAt !== null)
  return countDays(useLicenses(synced?.id).data?.asOf)
}

/** The organization's usage. It is not requested while the days are undefined. */
export function useUsage(integrationId: string, groupBy: 'day' | 'user', range: DayRange | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: [...dataKey(integrationId), 'usage', groupBy, range],
    queryFn: ({ signal }) =>
      api.call(operations.getUsage, { params: { id: integrationId }, query: { groupBy, ...range }, signal }),
    enabled: range !== undefined,
    placeholderData: keepPreviousData,
  })
}

/** The first people without recent use, starting with those active longest ago, and their total number. */
export function useIdlePeople(integrationId: string, idleDays: number, shown: number) {
  const api = useApi()
  return useQuery({
    queryKey: [...dataKey(integrationId), 'idle', idleDays],
    // The result together with the requested number of days. While new data loads, the previous data must be labeled
    // with its own days.
    queryFn: async ({ signal }) => {
      const query = { ...idleView(idleDays), limit: String(shown) }
      const { items, total, asOf } = await api.call(operations.listUsers, {
        params: { id: integrationId },
        query,
        signal,
      })
      return { idleDays, items, total, asOf }
    },
    placeholderData: keepPreviousData,
  })
}

/**
 * The query for people without recent use: a seat, no activity in the last days, a member before them, not an owner.
 */
export function idleView(idleDays: number) {
  return { idleDays: String(idleDays), owner: 'false', sort: 'lastActiveOn' } as const
}

/** Everybody without recent use, across all pages. */
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
export function useUser(integrationId: string, userId: string) {
  const api = useApi()
  return useQuery({
    queryKey: [...dataKey(integrationId), 'user', userId],
    queryFn: ({ signal }): Promise<WireUser> =>
      api.call(operations.getUser, { params: { id: integrationId, userId }, signal }),
  })
}

/** One member's usage by day and model, over the whole window. */
export function useUserUsage(integrationId: string, userId: string) {
  const api = useApi()
  return useQuery({
    queryKey: [...dataKey(integrationId), 'user', userId, 'usage'],
    queryFn: ({ signal }) => api.call(operations.getUserUsage, { params: { id: integrationId, userId }, signal }),
  })
}
