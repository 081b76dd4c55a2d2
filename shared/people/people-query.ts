import { addDays } from '../domain/day.ts'
import type { UserStatus } from '../data-sets/directory/directory-user.ts'
import type { LicenseStatus } from '../data-sets/directory/license.ts'
import { searchTest } from '../data-sets/directory/search-text.ts'
import type { SeatType } from '../data-sets/directory/seat.ts'
import type { ListOrder } from '../data-sets/sorted-list.ts'
import type { Membership } from './membership.ts'
import { countOrganizations, type Person } from './person.ts'

/** The fields by which people can be sorted. */
export const PEOPLE_SORT_FIELDS = ['name', 'email', 'lastActiveOn', 'requests', 'organizations'] as const
type PeopleSortField = (typeof PEOPLE_SORT_FIELDS)[number]

/** A filter of people. Omitted fields do not filter. One membership has to match all of provider to account status. */
export interface PeopleFilter {
  /** A part of a name, address, department or manager, compared by `toSearchText`. */
  readonly q?: string | undefined
  readonly provider?: string | undefined
  readonly integrationId?: string | undefined
  readonly seat?: SeatType | undefined
  readonly license?: LicenseStatus | undefined
  /** Whether the address is outside the company domains of the organization. */
  readonly outside?: 'true' | 'false' | undefined
  /** Whether the role counts as owner. */
  readonly owner?: 'true' | 'false' | undefined
  readonly accountStatus: UserStatus | 'any'
  /** People with a seat who joined before the last so many days, or at an unknown time, and used no organization in them. */
  readonly idleDays?: number | undefined
  readonly minOrganizations?: number | undefined
}

export function peopleOrder(field: PeopleSortField, descending: boolean): ListOrder<Person> {
  return {
    valueOf: (person) => (field === 'organizations' ? countOrganizations(person) : person[field]),
    idOf: ({ id }) => id,
    descending,
    isWritten: field === 'name' || field === 'email',
  }
}

/** The people that match a filter, in their order. */
export function filterPeople(people: readonly Person[], query: PeopleFilter): Person[] {
  const isFound = query.q === undefined ? undefined : searchTest(query.q)
  const isAskedFor = (membership: Membership) => isMatch(membership, query) && isOf(membership, query)
  return people.filter(
    (person) =>
      person.memberships.some(isAskedFor) &&
      (query.idleDays === undefined || isIdle(person, query.idleDays)) &&
      (query.minOrganizations === undefined || countOrganizations(person) >= query.minOrganizations) &&
      (isFound === undefined || textsOf(person).some((text) => text !== null && isFound(text))),
  )
}

function isMatch(membership: Membership, query: PeopleFilter): boolean {
  const { organization } = membership
  return (
    (query.accountStatus === 'any' || membership.accountStatus === query.accountStatus) &&
    (query.provider === undefined || organization.provider === query.provider) &&
    (query.integrationId === undefined || organization.integrationId === query.integrationId) &&
    (query.seat === undefined || membership.entitlement.seat?.type === query.seat) &&
    (query.license === undefined || membership.entitlement.license === query.license)
  )
}

/** True for the owners or others who are asked for, outside the company domains or not. */
function isOf(membership: Membership, { outside, owner }: PeopleFilter): boolean {
  return (
    (outside === undefined || String(membership.isOutside) === outside) &&
    (owner === undefined || String(membership.entitlement.isOwner) === owner)
  )
}

/** The days of each organization end with its last reading. */
function isIdle({ memberships }: Person, days: number): boolean {
  const firstOf = ({ organization }: Membership) => addDays(organization.to, 1 - days)
  const isLongThere = (membership: Membership) => {
    const { addedAt } = membership.person
    return addedAt === null || addedAt.slice(0, 10) < firstOf(membership)
  }
  return (
    memberships.some(({ entitlement }) => entitlement.seat !== null) &&
    memberships.some((membership) => isLongThere(membership)) &&
    memberships.every((membership) => (membership.lastActiveOn ?? '') < firstOf(membership))
  )
}

function textsOf({ memberships, department, manager }: Person): (string | null)[] {
  return [...memberships.flatMap(({ person }) => [person.name, person.email]), department, manager]
}
