import type { DirectoryRules } from './directory-rules.ts'
import { ACTIVITY_DATA_SETS, type LastActivity } from './last-activity.ts'
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
 * True when use of any kind is attributed to any person. Former members and unknown people count; service accounts, keys and
 * rows without a user do not.
 */
export function attributesUsageToPeople({ people, series }: Snapshot, rules: DirectoryRules): boolean {
  const others = new Set(people.filter(({ kind }) => kind !== 'person').map(({ userId }) => userId))
  const isPerson = (userId: string) => !others.has(userId) && rules.ownerKindOfId(userId) === 'person'
  return ACTIVITY_DATA_SETS.some((id) =>
    series[id].users.some(
      (userId, place) => userId !== null && isPerson(userId) && series[id].lastActiveDayAt(place) !== null,
    ),
  )
}
