import { useQuery } from '@tanstack/react-query'
import type { WireUser } from '../../../shared/contracts/data-contract.ts'
import { operations } from '../../../shared/contracts/operations.ts'
import { useApi } from './api-context.ts'
import { COMPANY_KEY } from './company-queries.ts'

/** The common prefix of the keys of all queries about people over all organizations. */
export const PEOPLE_KEY = [...COMPANY_KEY, 'people'] as const
/** The API refuses longer ones. */
const LONGEST_SEARCH = 200

/** How many employees the roster lists. Null when none is set. */
export function useRosterSize() {
  const api = useApi()
  return useQuery({
    queryKey: [...PEOPLE_KEY, 'roster'],
    queryFn: ({ signal }) => api.call(operations.listPeople, { query: { limit: '1' }, signal }),
    select: ({ rosterEntries }) => rosterEntries,
  })
}

/** One person. */
export function usePerson(personId: string) {
  const api = useApi()
  return useQuery({
    queryKey: [...PEOPLE_KEY, 'person', personId],
    queryFn: ({ signal }) => api.call(operations.getPerson, { params: { personId }, signal }),
  })
}

/**
 * The person of a member: the same address in all organizations. Nothing is requested without an address, since then a
 * member is a person of their own.
 */
export function usePersonOf(integrationId: string, user: Pick<WireUser, 'id' | 'email'> | undefined) {
  const api = useApi()
  const q = user?.email?.trim().slice(0, LONGEST_SEARCH) ?? ''
  const people = useQuery({
    queryKey: [...PEOPLE_KEY, 'of', integrationId, q],
    queryFn: ({ signal }) =>
      api.call(operations.listPeople, { query: { q, integrationId, accountStatus: 'any', limit: '100' }, signal }),
    enabled: q !== '',
  })
  return people.data?.items.find(({ memberships }) =>
    memberships.some((each) => each.integrationId === integrationId && each.userId === user?.id),
  )
}
