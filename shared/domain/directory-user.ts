import type { AccountStatus, PersonKind, ProjectMembership } from './directory-person.ts'
import { addDays, type Day } from './day.ts'
import { lastActivityOf, type ActivitySource } from './last-activity.ts'
import { attributesUsageToPeople, licenseOf, type LicenseStatus } from './license.ts'
import { seatOf, type Seat } from './seat.ts'
import type { Snapshot, SnapshotPerson } from './snapshot.ts'
import type { UsageNumbers, UsageTable } from './usage-table.ts'

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
  /** ISO 8601 UTC with milliseconds, like `removedAt`. */
  readonly addedAt: string
  readonly removedAt: string | null
  /** Null when OpenAI does not say. */
  readonly projects: readonly ProjectMembership[] | null
  /** One number a day of the window, oldest first. */
  readonly dailyRequests: readonly number[]
}

/** Everybody in a snapshot, removed people and service accounts included, by id. */
export function deriveUsers(snapshot: Snapshot, companyDomains: readonly string[]): DirectoryUser[] {
  const usageProvesAbsence = attributesUsageToPeople(snapshot)
  return snapshot.people
    .map((person) => deriveUser(person, snapshot.usage, { companyDomains, usageProvesAbsence }))
    .toSorted((left, right) => (left.id < right.id ? -1 : 1))
}

function deriveUser(
  person: SnapshotPerson,
  usage: UsageTable,
  context: { companyDomains: readonly string[]; usageProvesAbsence: boolean },
): DirectoryUser {
  const { numbers, dailyRequests, lastUsageDay } = sumUp(usage, person.userId)
  const lastActivity = lastActivityOf({ apiKeyLastUsedAt: person.apiKeyLastUsedAt, lastUsageDay })
  const seat = seatOf(person, context.companyDomains)
  const { usageProvesAbsence } = context
  return {
    id: person.userId,
    kind: person.kind,
    email: person.email,
    name: person.name,
    role: person.role,
    accountStatus: person.removedAt === null ? person.accountStatus : 'removed',
    seat,
    license: licenseOf({ seat, lastActivity, window: usage.window, usageProvesAbsence }),
    lastActiveOn: lastActivity?.on ?? null,
    lastActivitySource: lastActivity?.source ?? null,
    ...numbers,
    addedAt: person.addedAt,
    removedAt: person.removedAt,
    projects: person.projects,
    dailyRequests,
  }
}

function sumUp(
  usage: UsageTable,
  userId: string,
): { numbers: UsageNumbers; dailyRequests: number[]; lastUsageDay: Day | null } {
  const { numbers, dailyRequests } = usage.sumOf(userId)
  const lastUsed = dailyRequests.findLastIndex((requests) => requests > 0)
  return {
    numbers,
    dailyRequests,
    lastUsageDay: lastUsed === -1 ? null : addDays(usage.window.from, lastUsed),
  }
}
