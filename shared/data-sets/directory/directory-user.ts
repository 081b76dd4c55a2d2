import { companyTest, type CompanyTest } from './company-domains.ts'
import { ACCOUNT_STATUSES, type SnapshotPerson } from './directory-person.ts'
import type { DirectoryRules } from './directory-rules.ts'
import type { Day } from '../../domain/day.ts'
import { type Cost, CostViews } from '../costs/cost-views.ts'
import type { DayTable, RowSpan } from '../day-series/day-table.ts'
import { valueAt } from '../day-series/day-rows.ts'
import type { SeriesId } from '../registry.ts'
import { lastKeyUses } from '../keys/owned-key.ts'
import { lastLogins } from '../logins/logins.ts'
import { lastActivityOf, type ActivitySource, type LastActivity } from './last-activity.ts'
import { attributesUsageToPeople, licenseOf, type LicenseStatus } from './license.ts'
import { isOwner, seatOf, type Seat } from './seat.ts'
import { totalsOf, type UserTotals } from '../by-series.ts'
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
export interface Entitlement {
  readonly isOwner: boolean
  readonly seat: Seat | null
  readonly license: LicenseStatus | null
  readonly lastActivity: LastActivity | null
}

/** A table, and the place of each person among its users: -1 without rows. */
interface PlacedTable {
  readonly table: DayTable
  readonly places: Int32Array
}

/** Derives what is known of the people of a snapshot, on first use. A place is that of a person among them. */
export class UserDerivation {
  readonly isWithinCompany: CompanyTest
  private readonly snapshot: Snapshot
  private readonly rules: DirectoryRules
  private readonly costs: () => CostViews
  private readonly places = new Map<SeriesId, PlacedTable>()
  private keyUses: ReadonlyMap<string, Day> | undefined
  private provesAbsence: boolean | undefined
  private derived: readonly Entitlement[] | undefined
  private loginDays: ReadonlyMap<string, Day> | undefined

  /** `costs`: those of the snapshot. */
  constructor(
    snapshot: Snapshot,
    companyDomains: readonly string[],
    rules: DirectoryRules,
    costs: () => CostViews = () => new CostViews(snapshot),
  ) {
    this.snapshot = snapshot
    this.isWithinCompany = companyTest(companyDomains)
    this.rules = rules
    this.costs = costs
  }

  /** Unless it is true, no license is known to be unused. */
  get usageProvesAbsence(): boolean {
    this.provesAbsence ??= attributesUsageToPeople(this.snapshot, this.rules)
    return this.provesAbsence
  }

  /** The seat and its use of everybody, removed people and service accounts included. */
  get entitlements(): readonly Entitlement[] {
    this.derived ??= this.snapshot.people.map((_, place) => this.entitlementAt(place))
    return this.derived
  }

  /** That of one person. */
  entitlementAt(place: number): Entitlement {
    return this.derived?.[place] ?? this.derive(place)
  }

  userAt(place: number): DirectoryUser {
    const { series, lists, people } = this.snapshot
    const person = valueAt(people, place)
    this.loginDays ??= lastLogins(lists.logins ?? [])
    const { isOwner, seat, license, lastActivity } = this.entitlementAt(place)
    return {
      id: person.userId,
      kind: person.kind,
      email: person.email,
      name: person.name,
      role: person.role,
      isOwner,
      accountStatus: statusOf(person),
      seat,
      license,
      lastActiveOn: lastActivity?.on ?? null,
      lastActivitySource: lastActivity?.source ?? null,
      lastLoginOn: this.loginDays.get(person.userId) ?? null,
      ...totalsOf(series, (id) => this.spanIn(id, place)),
      cost: this.costAt(place),
      addedAt: person.addedAt,
      removedAt: person.removedAt,
      projects: person.projects,
    }
  }

  /** In the window, in the main currency. Null if costs of people are not known. */
  costAt(place: number): Cost | null {
    return this.costs().costOfUser(valueAt(this.snapshot.people, place).userId)
  }

  /** The same in all currencies, the main one first. Empty if costs of people are not known. */
  costsAt(place: number): Cost[] {
    return this.costs().costsOfUser(valueAt(this.snapshot.people, place).userId)
  }

  /** How many requests somebody sent in the window: one of the totals of a user. */
  requestsAt(place: number): number {
    const { table, places } = this.placed('usage')
    return table.mainCountAt(places[place] ?? -1)
  }

  private derive(place: number): Entitlement {
    const { rules, usageProvesAbsence } = this
    const { people, series, lists } = this.snapshot
    const person = valueAt(people, place)
    this.keyUses ??= lastKeyUses(lists.keys ?? [])
    const lastActivity = lastActivityOf(person, this.keyUses, (id) => {
      const { table, places } = this.placed(id)
      return table.lastActiveDayAt(places[place] ?? -1)
    })
    const seat = seatOf(person, this.isWithinCompany, rules)
    const license = licenseOf({ seat, lastActivity, window: series.usage.window, usageProvesAbsence })
    return { isOwner: isOwner(person, rules), seat, license, lastActivity }
  }

  private spanIn(id: SeriesId, place: number): RowSpan {
    const { table, places } = this.placed(id)
    return table.spanAt(places[place] ?? -1)
  }

  private placed(id: SeriesId): PlacedTable {
    const known = this.places.get(id)
    if (known !== undefined) return known
    const { series, people } = this.snapshot
    const placed = { table: series[id], places: series[id].placesOf(people) }
    this.places.set(id, placed)
    return placed
  }
}

/** Everybody in a snapshot, removed people and service accounts included, by id. */
export function deriveUsers(
  snapshot: Snapshot,
  companyDomains: readonly string[],
  rules: DirectoryRules,
): DirectoryUser[] {
  const costs = new CostViews(snapshot)
  return usersIn(snapshot, new UserDerivation(snapshot, companyDomains, rules, () => costs))
}

/** The same, if they are derived from the snapshot. */
export function usersIn({ people }: Snapshot, derivation: UserDerivation): DirectoryUser[] {
  return people.map((_, place) => derivation.userAt(place)).toSorted((left, right) => (left.id < right.id ? -1 : 1))
}

export function statusOf({ removedAt, accountStatus }: SnapshotPerson): UserStatus {
  return removedAt === null ? accountStatus : 'removed'
}
