import { useQueries } from '@tanstack/react-query'
import type { WireKey } from '../../../../shared/contracts/keys-contract.ts'
import { operations } from '../../../../shared/contracts/operations.ts'
import type { WirePerson } from '../../../../shared/contracts/people-contract.ts'
import { useApi } from '../../api/api-context.ts'
import { PEOPLE_KEY } from '../../api/people-queries.ts'
import type { WireMembership } from '../people/memberships-in-words.ts'

/** More are linked. */
const A_PAGE = '100'

/** The working keys that somebody owns in one organization. */
export interface OwnedKeys {
  readonly membership: WireMembership
  readonly keys: readonly WireKey[]
  readonly total: number
}

/** The working keys of somebody, by organization: of removed people, too. Organizations without any are left out. */
export function usePersonKeys(memberships: WirePerson['memberships']) {
  const api = useApi()
  const owning = memberships.filter(({ keys }) => keys !== null && keys > 0)
  return useQueries({
    queries: owning.map((membership) => ({
      queryKey: [...PEOPLE_KEY, 'keys', membership.integrationId, membership.userId],
      queryFn: async ({ signal }: { signal: AbortSignal }): Promise<OwnedKeys> => {
        const query = { ownerId: membership.userId, status: 'active', limit: A_PAGE } as const
        const params = { id: membership.integrationId }
        const { items, total } = await api.call(operations.listKeys, { params, query, signal })
        return { membership, keys: items, total }
      },
    })),
    combine: (results) => ({
      data: results.every(({ data }) => data !== undefined) ? results.flatMap(({ data }) => data ?? []) : undefined,
      error: results.find(({ isError }) => isError)?.error ?? null,
      refetch: () => results.forEach((result) => void result.refetch()),
    }),
  })
}
