import type { DirectoryRules } from './directory-rules.ts'
import type { LastActivity } from './last-activity.ts'
import type { Seat } from './seat.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Window } from '../../domain/window.ts'

export const LICENSE_STATUSES = ['in_use', 'unused', 'no_data'] as const
export type LicenseStatus = (typeof LICENSE_STATUSES)[number]

/**
 * Whether a seat is used. Activity after the window also counts as use: a sync can run past midnight, or the provider's clock
 * can be ahead. If the whole sync has no usage of people, nothing is known: `no_data`.
 */
export function licenseOf(holder: {
  readonly seat: Seat | null
  readonly lastActivity: LastActivity | null
  readonly window: Window
  readonly usageProvesAbsence: boolean
}): LicenseStatus | null {
  if (holder.seat === null) return null
  if (holder.lastActivity !== null && holder.lastActivity.on >= holder.window.from) return 'in_use'
  return holder.usageProvesAbsence ? 'unused' : 'no_data'
}

/**
 * True when the sync attributed requests to any person: former members count, service accounts, listed or not, and rows
 * without a user do not.
 */
export function attributesUsageToPeople({ people, series: { usage } }: Snapshot, rules: DirectoryRules): boolean {
  const serviceAccounts = new Set(
    people.filter((person) => person.kind === 'service_account').map((person) => person.userId),
  )
  return usage.users
    .filter((userId) => userId !== null && !serviceAccounts.has(userId) && !rules.isServiceAccountId(userId))
    .some((userId) => usage.lastActiveDayOf(userId) !== null)
}
