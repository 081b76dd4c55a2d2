import { useQuery } from '@tanstack/react-query'
import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { operations } from '../../../../shared/contracts/operations.ts'
import { useApi } from '../../api/api-context.ts'
import { dataKey } from '../../api/data-queries.ts'
import type { MembersView } from './members-view.ts'

/**
 * How many a search finds with any account status, kind, seat and use, and the view that shows them. For a search that finds
 * nobody: lists leave out disabled, banned and removed people and service accounts unless they are asked for. Undefined
 * until it is known, and where nothing is searched for.
 */
export function useMatchesElsewhere(integration: WireIntegration, view: MembersView) {
  const api = useApi()
  const { seat: _seat, license: _license, idleDays: _idleDays, ...rest } = view
  const wider: MembersView = { ...rest, accountStatus: 'any', kind: 'any' }
  const found = useQuery({
    queryKey: [...dataKey(integration), 'matches-elsewhere', wider],
    queryFn: async ({ signal }) => {
      const query = { ...wider, limit: '1' }
      const { total } = await api.call(operations.listUsers, { params: { id: integration.id }, query, signal })
      return { total, view: wider }
    },
    enabled: view.q !== undefined,
  })
  return found.data
}
