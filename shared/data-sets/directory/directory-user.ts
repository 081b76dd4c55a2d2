import { normalizeDomain } from './company-domains.ts'
import type { AccountStatus, PersonKind, ProjectMembership } from './directory-person.ts'
import type { DirectoryRules } from './directory-rules.ts'
import type { Day } from '../../domain/day.ts'
import { lastActivityOf, type ActivitySource, type LastActivity } from './last-activity.ts'
import { attributesUsageToPeople, licenseOf, type LicenseStatus } from './license.ts'
import { seatOf, type Seat } from './seat.ts'
import type { Snapshot, SnapshotPerson } from '../snapshot.ts'
import type { UsageNumbers, UsageTable } from '../usage/usage-table.ts'

/** Somebody as lists show them: who they are, what they hold, and what they did in the window. */
export interface DirectoryUser extends UsageNumbers {
  readonly id: string
  readonly kind: PersonKind
  readonly email: string | null
  readonly name: string | null
  readonly role: string | null
  readonly accountStatus: AccountStatus | 'removed'
  readonly seat: Seat | null
  readonly license: LicenseStatus | null
  readonly lastActiveOn: Day | null
  readonly lastActivitySource: ActivitySource | null
  /** ISO 8601 UTC with milliseconds, like `removedAt`; null when the provider does not say. */
  readonly addedAt: string | null
  readonly removedAt: string | null
  /** Null when the provider does not say. */
  readonly projects: readonly ProjectMembership[] | null
}

/** What somebody holds, and whether they use it. */
export interface Entitlement {
  readonly person: SnapshotPerson
  readonly seat: Seat | null
  readonly license: LicenseStatus | null
  readonly lastActivity: LastActivity | null
}

/** Everybody's standing in a snapshot, removed people and service accounts included. */
export function deriveEntitlements(
  { people, usage }: Snapshot,
  companyDomains: readonly string[],
  rules: DirectoryRules,
): Entitlement[] {
  const usageProvesAbsence = attributesUsageToPeople({ people, usage }, rules)
  const domains = companyDomains.map((domain) => normalizeDomain(domain))
  return people.map((person) => {
    const lastUsageDay = usage.lastDayOf(person.userId)
    const lastActivity = lastActivityOf({ apiKeyLastUsedAt: person.apiKeyLastUsedAt, lastUsageDay })
    const seat = seatOf(person, domains, rules)
    const license = licenseOf({ seat, lastActivity, window: usage.window, usageProvesAbsence })
    return { person, seat, license, lastActivity }
  })
}

/** Everybody in a snapshot, removed people and service accounts included, by id. */
export function deriveUsers(
  snapshot: Snapshot,
  companyDomains: readonly string[],
  rules: DirectoryRules,
): DirectoryUser[] {
  return deriveEntitlements(snapshot, companyDomains, rules)
    .map((standing) => toUser(standing, snapshot.usage))
    .toSorted((left, right) => (left.id < right.id ? -1 : 1))
}

function toUser({ person, seat, license, lastActivity }: Entitlement, usage: UsageTable): DirectoryUser {
  return {
    id: person.userId,
    kind: person.kind,
    email: person.email,
    name: person.name,
    role: person.role,
    accountStatus: person.removedAt === null ? person.accountStatus : 'removed',
    seat,
    license,
    lastActiveOn: lastActivity?.on ?? null,
    lastActivitySource: lastActivity?.source ?? null,
    ...usage.totalOf(person.userId),
    addedAt: person.addedAt,
    removedAt: person.removedAt,
    projects: person.projects,
  }
}
