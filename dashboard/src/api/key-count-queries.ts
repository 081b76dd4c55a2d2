import { useQuery } from '@tanstack/react-query'
import { operations } from '../../../shared/contracts/operations.ts'
import { useApi } from './api-context.ts'
import { dataKey } from './data-queries.ts'

/** How many keys an organization has, and how many of them have a finding. Nothing is requested while they were never read. */
export function useKeyCounts(integrationId: string, wereRead: boolean) {
  const api = useApi()
  return useQuery({
    queryKey: [...dataKey(integrationId), 'keys', 'counts'],
    queryFn: async ({ signal }) => {
      const count = (query: { readonly finding?: 'any' }) =>
        api.call(operations.listKeys, { params: { id: integrationId }, query: { ...query, limit: '1' }, signal })
      const [all, found] = await Promise.all([count({}), count({ finding: 'any' })])
      return { asOf: all.asOf, total: all.total, withFinding: found.total }
    },
    enabled: wereRead,
  })
}
