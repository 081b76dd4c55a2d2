import { normalizeDomain } from './company-domains.ts'
import { ACCOUNT_STATUSES, type SnapshotPerson } from './directory-person.ts'
import type { DirectoryRules } from './directory-rules.ts'
import type { Day } from '../../domain/day.ts'
import { type Cost, CostViews } from '../costs/cost-views.ts'
import { lastKeyUses } from '../keys/owned-key.ts'
import { lastLogins } from '../logins/logins.ts'
import { lastActivityOf, type ActivitySource, type LastActivity } from './last-activity.ts'
import { attributesUsageToPeople, licenseOf, type LicenseStatus } from './license.ts'
import { isOwner, seatOf, type Seat } from './seat.ts'
import { type SeriesTables, totalsOf, type UserTotals } from '../by-series.ts'
import type { Snapshot } from '../snapshot.ts'

/** An account status, or `removed` for people who left the directory. */
export const USER_STATUSES = [...ACCOUNT_STATUSES, 'removed'] as const
export type UserStatus = (typeof USER_STATUSES)[number]

/** The fields by which users can be sorted. */
export const USERS_SORT_FIELDS = [
  'name',
  'email',
  'role',
  'lastActiveOn',
  'requests',
  'cost',
  'addedAt',
  'removedAt',
] as const
export type UsersSortField = (typeof USERS_SORT_FIELDS)[number]

/** A user as shown in lists: identity, seat and license, and totals of all series in the window. */
export interface DirectoryUser
  extends UserTotals, Pick<SnapshotPerson, 'kind' | 'email' | 'name' | 'role' | 'addedAt' | 'removedAt' | 'projects'> {
  readonly id: string
  /** True when the role counts as owner, of any account status. */
  readonly isOwner: boolean
  readonly accountStatus: UserStatus
  readonly seat: Seat | null
  readonly license: LicenseStatus | null
  readonly lastActiveOn: Day | null
  readonly lastActivitySource: ActivitySource | null
  /** Null if none is known. A sign-in is not use, so it changes neither license nor last activity. */
  readonly lastLoginOn: Day | null
  /** In the window. Null if costs of people are not known. */
  readonly cost: Cost | null
}

/** What somebody holds, and whether they use it. */
interface Entitlement {
  readonly person: SnapshotPerson
  readonly isOwner: boolean
  readonly seat: Seat | null
  readonly license: LicenseStatus | null
  readonly lastActivity: LastActivity | null
}

/** The seat and its use of everybody in a snapshot, removed people and service accounts included. */
export function deriveEntitlements(
  snapshot: Snapshot,
  companyDomains: readonly string[],
  rules: DirectoryRules,
): Entitlement[] {
  const { people } = snapshot
  const { usage } = snapshot.series
  const usageProvesAbsence = attributesUsageToPeople(snapshot, rules)
  const keyUses = lastKeyUses(snapshot.lists.keys ?? [])
  const domains = companyDomains.map((domain) => normalizeDomain(domain))
  return people.map((person) => {
    const lastActivity = lastActivityOf(person, snapshot.series, keyUses)
    const seat = seatOf(person, domains, rules)
    const license = licenseOf({ seat, lastActivity, window: usage.window, usageProvesAbsence })
    return { person, isOwner: isOwner(person, rules), seat, license, lastActivity }
  })
}

/** Everybody in a snapshot, removed people and service accounts included, by id. */
export function deriveUsers(
  snapshot: Snapshot,
  companyDomains: readonly string[],
  rules: DirectoryRules,
  costs: CostViews = new CostViews(snapshot),
): DirectoryUser[] {
  const loginDays = lastLogins(snapshot.lists.logins ?? [])
  return deriveEntitlements(snapshot, companyDomains, rules)
    .map((entitlement) => toUser(entitlement, snapshot.series, { loginDays, costs }))
    .toSorted((left, right) => (left.id < right.id ? -1 : 1))
}

function toUser(
  entitlement: Entitlement,
  series: SeriesTables,
  { loginDays, costs }: { readonly loginDays: ReadonlyMap<string, Day>; readonly costs: CostViews },
): DirectoryUser {
  const { person, seat, license, lastActivity } = entitlement
  return {
    id: person.userId,
    kind: person.kind,
    email: person.email,
    name: person.name,
    role: person.role,
    isOwner: entitlement.isOwner,
    accountStatus: person.removedAt === null ? person.accountStatus : 'removed',
    seat,
    license,
    lastActiveOn: lastActivity?.on ?? null,
    lastActivitySource: lastActivity?.source ?? null,
    lastLoginOn: loginDays.get(person.userId) ?? null,
    ...totalsOf(person.userId, series),
    cost: costs.costOfUser(person.userId),
    addedAt: person.addedAt,
    removedAt: person.removedAt,
    projects: person.projects,
  }
}
