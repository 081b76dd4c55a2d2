import { useQueries } from '@tanstack/react-query'
import type { WireFinding } from '../../../../shared/contracts/findings-contract.ts'
import { operations } from '../../../../shared/contracts/operations.ts'
import type { WirePerson } from '../../../../shared/contracts/people-contract.ts'
import { useApi } from '../../api/api-context.ts'
import { PEOPLE_KEY } from '../../api/people-queries.ts'
import type { Departure } from './person-story.ts'

/** More than a person has. */
const A_PAGE = '200'

/** The findings about a person's memberships and keys, in all organizations: open and accepted ones. */
export function usePersonFindings(memberships: WirePerson['memberships']) {
  const api = useApi()
  return useQueries({
    queries: memberships.map(({ integrationId, userId }) => ({
      queryKey: [...PEOPLE_KEY, 'findings', integrationId, userId],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.call(operations.listFindings, { query: { integrationId, userId, state: 'any', limit: A_PAGE }, signal }),
    })),
    combine: (results) => ({
      data: results.every(({ data }) => data !== undefined)
        ? results.flatMap(({ data }) => data?.items ?? [])
        : undefined,
      error: results.find(({ isError }) => isError)?.error ?? null,
      refetch: () => results.forEach((result) => void result.refetch()),
    }),
  })
}

/** What the findings say of somebody who should have left. Null without such a finding. */
export function departureIn(findings: readonly WireFinding[]): Departure | null {
  const [found] = findings.flatMap(({ evidence }) => (evidence.type === 'not_in_roster' ? [evidence] : []))
  return found === undefined ? null : { endedOn: found.endedOn }
}
