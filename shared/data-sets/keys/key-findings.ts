import { addDays, type Day } from '../../domain/day.ts'
import type { Window } from '../../domain/window.ts'
import type { OwnedKey } from './owned-key.ts'

/** In the order in which they are named. */
export const KEY_FINDINGS = ['leaver_key', 'ownerless_key', 'stale_key', 'eternal_key'] as const
export type KeyFinding = (typeof KEY_FINDINGS)[number]

/** After how many days a key is old enough for a finding. */
const STALE_AFTER_DAYS = 30
const ETERNAL_AFTER_DAYS = 365

/** What should be looked at. Ages count from the last day of the window, so that the clock alone changes nothing. */
export function findingsOf(key: Omit<OwnedKey, 'findings'>, window: Window): KeyFinding[] {
  return KEY_FINDINGS.filter((finding) => RULES[finding](key, window))
}

const RULES: Readonly<Record<KeyFinding, (key: Omit<OwnedKey, 'findings'>, window: Window) => boolean>> = {
  leaver_key: ({ status, owner }) => status !== 'expired' && owner?.kind === 'user' && owner.status !== 'active',
  ownerless_key: ({ status, owner }) => status === 'active' && owner === null,
  stale_key: ({ status, createdAt, lastUsedOn, isUseKnown }, { from, to }) =>
    status === 'active' &&
    isUseKnown &&
    isOlderThan(STALE_AFTER_DAYS, createdAt, to) &&
    (lastUsedOn === null || lastUsedOn < from),
  eternal_key: ({ status, createdAt, expiresAt }, { to }) =>
    status === 'active' && expiresAt === null && isOlderThan(ETERNAL_AFTER_DAYS, createdAt, to),
}

/** False for an unknown time, which is no evidence. */
function isOlderThan(days: number, createdAt: string | null, today: Day): boolean {
  return createdAt !== null && createdAt.slice(0, 10) < addDays(today, -days)
}
