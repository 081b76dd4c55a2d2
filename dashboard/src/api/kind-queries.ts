import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { operations } from '../../../shared/contracts/operations.ts'
import { unitOf } from '../../../shared/data-sets/other-usage/kinds.ts'
import { useApi } from './api-context.ts'
import { dataKey, type DayRange } from './data-queries.ts'

/**
 * The organization's usage by kind, most requests first. An answer about all kinds has requests alone, so the quantity
 * of each kind that has one is asked for by itself.
 */
export function useUsageByKind(integrationId: string, range: DayRange | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: [...dataKey(integrationId), 'usage', 'kind', range],
    queryFn: async ({ signal }) => {
      const params = { id: integrationId }
      const quantityOf = async (kind: string) => {
        const query = { groupBy: 'kind', kind, ...range } as const
        const { total } = await api.call(operations.getUsage, { params, query, signal })
        return 'quantity' in total ? total.quantity : null
      }
      const all = await api.call(operations.getUsage, { params, query: { groupBy: 'kind', ...range }, signal })
      const rows = [...all.items].flatMap((row) => ('kind' in row && !('userId' in row) ? [row] : []))
      const kinds = rows.map(async ({ kind, requests }) => {
        const unit = unitOf(kind)
        return { kind, requests, unit, quantity: unit === null ? null : await quantityOf(kind) }
      })
      return { from: all.from, to: all.to, kinds: await Promise.all(kinds) }
    },
    enabled: range !== undefined,
    placeholderData: keepPreviousData,
  })
}
