import { domainToASCII } from 'node:url'
import { amountText, tenBillionths } from './amounts.ts'
import { costsOfUser } from './costs.ts'
import { keysAnswer } from './lists-answers.ts'
import type { Model } from './model.ts'
import { order } from './rules.ts'
import { allUsers, type ModelUser } from './users.ts'

/** An organization of a company, as it was connected. */
export interface ModelIntegration {
  readonly id: string
  readonly name: string
  readonly model: Model
  /** As somebody set it. Default: none. */
  keyExpiresAt?: string
}

/** Somebody as a member of an organization. */
export interface ModelMembership {
  readonly integration: ModelIntegration
  readonly user: ModelUser
}

/** All memberships of one person, the oldest integration first. */
export type ModelCompanyPerson = readonly ModelMembership[]

/**
 * “All members with the same email address (trimmed, lower case, NFC, domain in ASCII); without an address, one member alone.” Service
 * accounts are not people.
 */
export function companyPeople(integrations: readonly ModelIntegration[]): ModelCompanyPerson[] {
  const memberships = integrations.flatMap((integration) =>
    allUsers(integration.model)
      .filter(({ kind }) => kind === 'person')
      .map((user) => ({ integration, user })),
  )
  const people = Map.groupBy(memberships, ({ integration, user }) => {
    return sameAddress(user.email) ?? JSON.stringify([integration.id, user.id])
  })
  return [...people.values()]
}

/** How an address is compared. Null without one. */
export function sameAddress(email: string | null): string | null {
  const [domain, ...name] = (email ?? '').trim().normalize('NFC').toLowerCase().split('@').toReversed()
  return domain === undefined || domain === '' ? null : [...name.toReversed(), domainToASCII(domain)].join('@')
}

/** The owner of each key that works. Null where keys were not read. */
type KeyOwners = readonly (string | undefined)[] | null

export function workingKeys(model: Model, nowMs: number): KeyOwners {
  const keys = keysAnswer(model, nowMs)
  return keys && keys.items.flatMap(({ owner, status }) => (status === 'active' ? [owner?.id] : []))
}

/** The time of the oldest reading. Null before the first one. */
export function oldestSyncedAt(integrations: readonly ModelIntegration[]): string | null {
  const times = integrations.flatMap(({ model }) => model.published?.atMs ?? [])
  return times.length === 0 ? null : new Date(Math.min(...times)).toISOString()
}

/** What the company's roster says of somebody. */
export interface ModelEmployee {
  readonly department: string
  readonly manager: string | null
  /** The last day of employment. Null: none is set. */
  readonly endsOn: string | null
}

/** By address, as `sameAddress` writes it. */
export type ModelRoster = ReadonlyMap<string, ModelEmployee>

/** A person as an answer shows them, but for the id. `keysOf`: the owners of working keys by integration. */
export function personAnswer(person: ModelCompanyPerson, keysOf: ReadonlyMap<string, KeyOwners>, roster: ModelRoster) {
  const latest = latestOf(person)
  const costs = person.flatMap(({ integration, user }) => {
    const { published } = integration.model
    return published === null ? [] : costsOfUser(published, user.id)
  })
  const employee = employeeOf(person, roster)
  return {
    email: latest.user.email,
    name: latest.user.name ?? person.find(({ user }) => user.name !== null)?.user.name ?? null,
    department: employee?.department ?? null,
    manager: employee?.manager ?? null,
    lastActiveOn: latest.user.lastActiveOn,
    requests: person.reduce((sum, { user }) => sum + user.requests, 0),
    costs: totalsOf(costs),
    memberships: person.map((membership) =>
      membershipAnswer(membership, keysOf.get(membership.integration.id) ?? null),
    ),
  }
}

export function employeeOf([membership]: ModelCompanyPerson, roster: ModelRoster): ModelEmployee | undefined {
  return roster.get(sameAddress(membership?.user.email ?? null) ?? '')
}

/** Sums by currency, in the order of the alphabet. */
export function totalsOf(costs: readonly { readonly amount: string; readonly currency: string }[]) {
  return [...new Set(costs.map(({ currency }) => currency))].toSorted().map((currency) => {
    const own = costs.filter((cost) => cost.currency === currency)
    const units = own.reduce((sum, { amount }) => sum + tenBillionths(amount), 0n)
    return { currency, amount: amountText(units) }
  })
}

/** “The name shown is that of the membership active last”: on the same day, in the oldest integration. */
export function latestOf(person: ModelCompanyPerson): ModelMembership {
  const [latest] = person.toSorted((left, right) => order(right.user.lastActiveOn ?? '', left.user.lastActiveOn ?? ''))
  if (latest === undefined) throw new Error('Nobody has no membership.')
  return latest
}

function membershipAnswer({ integration, user }: ModelMembership, keyOwners: KeyOwners) {
  const { id, role, accountStatus, seat, license, lastActiveOn, requests, cost } = user
  return {
    integrationId: integration.id,
    integrationName: integration.name,
    provider: integration.model.provider,
    userId: id,
    role,
    accountStatus,
    seat,
    license,
    lastActiveOn,
    requests,
    cost,
    keys: keyOwners && keyOwners.filter((owner) => owner === id).length,
  }
}
