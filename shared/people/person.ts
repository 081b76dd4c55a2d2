import { sumOfAmounts } from '../domain/amount.ts'
import type { Day } from '../domain/day.ts'
import type { Cost } from '../data-sets/costs/cost-views.ts'
import { toComparedAddress } from './address.ts'
import type { Membership } from './membership.ts'
import type { Roster, RosterEntry } from './roster.ts'

/** What people have in common. */
export interface Company {
  /** Gets a text that no other person has. */
  idOf(identity: string): string
  /** Null if none was uploaded. */
  readonly roster: Roster | null
}

/** Somebody over all organizations. */
export class Person {
  /** One for each account, those of the oldest integration first. */
  readonly memberships: readonly Membership[]
  private readonly identity: string
  private readonly company: Company
  private knownId: string | undefined

  constructor(company: Company, identity: string, memberships: readonly Membership[]) {
    this.memberships = memberships
    this.identity = identity
    this.company = company
  }

  get id(): string {
    this.knownId ??= this.company.idOf(this.identity)
    return this.knownId
  }

  /** Of the membership that was active last, like the name. In the provider's spelling. */
  get email(): string | null {
    return this.latest.person.email
  }

  get name(): string | null {
    return this.latest.person.name ?? this.memberships.find(({ person }) => person.name !== null)?.person.name ?? null
  }

  /** As the roster says, like the manager. Null without a roster, and for people who are not in it. */
  get department(): string | null {
    return this.employee?.department ?? null
  }

  get manager(): string | null {
    return this.employee?.manager ?? null
  }

  get lastActiveOn(): Day | null {
    return this.latest.lastActiveOn
  }

  get requests(): number {
    let sum = 0
    for (const { requests } of this.memberships) sum += requests
    return sum
  }

  /** In the windows, by currency. */
  get costs(): Cost[] {
    return totalCosts(this.memberships.flatMap(({ costs }) => costs))
  }

  private get employee(): RosterEntry | undefined {
    return this.company.roster?.get(toComparedAddress(this.email) ?? '')
  }

  private get latest(): Membership {
    const { memberships } = this
    const [only] = memberships
    // Most people are members of one organization.
    if (only !== undefined && memberships.length === 1) return only
    return memberships.reduce((found, each) => ((each.lastActiveOn ?? '') > (found.lastActiveOn ?? '') ? each : found))
  }
}

/**
 * The people of several organizations: all memberships with the same address are one person, and one without an address is a person of
 * its own. Service accounts are left out.
 */
export function joinPeople(memberships: Iterable<Membership>, company: Company): Person[] {
  const people = new Map<string, Membership[]>()
  for (const membership of memberships) {
    const { person, organization } = membership
    if (person.kind !== 'person') continue
    const identity = identityOf(person.email, organization.integrationId, person.userId)
    const known = people.get(identity)
    if (known === undefined) people.set(identity, [membership])
    else known.push(membership)
  }
  return Array.from(people, ([identity, ofPerson]) => new Person(company, identity, ofPerson))
}

/** A text that no other person has: the address, or without one the member. */
export function identityOf(email: string | null, integrationId: string, userId: string): string {
  return toComparedAddress(email) ?? `${integrationId}/${userId}`
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
  return memberships.filter(({ person }) => person.removedAt === null)
}

/** In how many organizations somebody is a member now. Several accounts in one count once. */
export function countOrganizations(person: Person): number {
  // Most people have one account, and lists of a hundred thousand are filtered.
  const current = currentMemberships(person)
  if (current.length < 2) return current.length
  return new Set(current.map(({ organization }) => organization.integrationId)).size
}
