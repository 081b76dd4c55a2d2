import { sumOfAmounts } from '../domain/amount.ts'
import type { Day } from '../domain/day.ts'
import type { Cost } from '../data-sets/costs/cost-views.ts'
import type { DirectoryUser } from '../data-sets/directory/directory-user.ts'
import { toComparedAddress } from './address.ts'
import type { Roster } from './roster.ts'

/** The organization of a membership, and its integration. */
export interface PersonOrganization {
  readonly integrationId: string
  readonly integrationName: string
  /** The provider's id. */
  readonly provider: string
  /** An address that is on none of them is outside. Without any, none is. */
  readonly companyDomains: readonly string[]
  /** The last day of the directory's reading. Ages count from it. */
  readonly to: Day
}

/** Somebody as a member of one organization. */
export interface Membership {
  readonly organization: PersonOrganization
  readonly user: DirectoryUser
  /** How many keys of theirs work. Null if the keys were not read. */
  readonly keys: number | null
}

/** Somebody over all organizations. */
export interface Person {
  readonly id: string
  /** Of the membership that was active last, like the name. In the provider's spelling. */
  readonly email: string | null
  readonly name: string | null
  /** As the roster says, like the manager. Null without a roster, and for people who are not in it. */
  readonly department: string | null
  readonly manager: string | null
  readonly lastActiveOn: Day | null
  readonly requests: number
  /** In the windows, by currency. */
  readonly costs: readonly Cost[]
  /** One for each account, those of the oldest integration first. */
  readonly memberships: readonly Membership[]
}

/**
 * The people of several organizations: all memberships with the same address are one person, and one without an address is a person of
 * its own. Service accounts are left out. `idOf` gets a text that no other person has.
 */
export function joinPeople(
  memberships: Iterable<Membership>,
  idOf: (identity: string) => string,
  roster: Roster | null = null,
): Person[] {
  const people = Map.groupBy(
    [...memberships].filter(({ user }) => user.kind === 'person'),
    identityOf,
  )
  return [...people].map(([identity, ofPerson]) => toPerson(idOf(identity), ofPerson, roster))
}

function identityOf({ user, organization }: Membership): string {
  return toComparedAddress(user.email) ?? `${organization.integrationId}/${user.id}`
}

function toPerson(id: string, memberships: readonly Membership[], roster: Roster | null): Person {
  const latest = memberships.reduce((found, each) => (compareDays(each, found) > 0 ? each : found))
  const { email, name, lastActiveOn } = latest.user
  const employee = roster?.get(toComparedAddress(email) ?? '')
  return {
    id,
    email,
    name: name ?? memberships.find(({ user }) => user.name !== null)?.user.name ?? null,
    department: employee?.department ?? null,
    manager: employee?.manager ?? null,
    lastActiveOn,
    requests: memberships.reduce((sum, { user }) => sum + user.requests, 0),
    costs: totalCosts(memberships.flatMap(({ user }) => user.cost ?? [])),
    memberships,
  }
}

function compareDays(left: Membership, right: Membership): number {
  const [one, other] = [left.user.lastActiveOn ?? '', right.user.lastActiveOn ?? '']
  return one < other ? -1 : Number(one > other)
}

/** The exact sums of costs by currency, in alphabetical order. */
export function totalCosts(costs: readonly Cost[]): Cost[] {
  // Most people are members of one organization.
  if (costs.length < 2) return [...costs]
  return [...Map.groupBy(costs, ({ currency }) => currency)]
    .map(([currency, ofCurrency]) => ({ currency, amount: sumOfAmounts(ofCurrency.map(({ amount }) => amount)) }))
    .toSorted((left, right) => (left.currency < right.currency ? -1 : 1))
}

/** The accounts that somebody has now. */
export function currentMemberships({ memberships }: Person): Membership[] {
  return memberships.filter(({ user }) => user.removedAt === null)
}

/** In how many organizations somebody is a member now. Several accounts in one count once. */
export function countOrganizations(person: Person): number {
  // Most people have one account, and lists of a hundred thousand are filtered.
  const current = currentMemberships(person)
  if (current.length < 2) return current.length
  return new Set(current.map(({ organization }) => organization.integrationId)).size
}
