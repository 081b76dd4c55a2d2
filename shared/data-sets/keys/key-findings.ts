import { addDays, type Day } from '../../domain/day.ts'
import {
  type FindingThresholds,
  type FindingType,
  type Severity,
  SEVERITIES,
  severityRank,
} from '../../domain/finding.ts'
import type { Window } from '../../domain/window.ts'
import type { OwnedKey } from './owned-key.ts'

/** In the order in which they are named, among those of one severity. */
export const KEY_FINDINGS = [
  'leaver_key',
  'ownerless_key',
  'stale_key',
  'eternal_key',
] as const satisfies readonly FindingType[]
export type KeyFindingType = (typeof KEY_FINDINGS)[number]

/** Something that should be looked at. */
export interface KeyFinding {
  readonly type: KeyFindingType
  readonly severity: Severity
}

type JudgedKey = Omit<OwnedKey, 'findings'>

/** The reading of the keys, and from which age on there are findings. */
interface Judging extends Window {
  readonly thresholds: Pick<FindingThresholds, 'staleKeyDays' | 'eternalKeyDays'>
}

/**
 * The findings about a key, the most severe first. Ages count from the last day of the window, so that the clock alone changes
 * nothing.
 */
export function keyFindingsOf(key: JudgedKey, judging: Judging): KeyFinding[] {
  const found = KEY_FINDINGS.flatMap((type): KeyFinding[] => {
    const severity = RULES[type](key, judging)
    return severity === null ? [] : [{ type, severity }]
  })
  return found.toSorted((left, right) => severityRank(left.severity) - severityRank(right.severity))
}

/** The place of the most severe finding among all severities, from 0. Keys without findings come last. */
export function findingsRank([first]: readonly KeyFinding[]): number {
  return first === undefined ? SEVERITIES.length : severityRank(first.severity)
}

/** How severe each finding about a key is. Null where there is none. */
const RULES: Readonly<Record<KeyFindingType, (key: JudgedKey, judging: Judging) => Severity | null>> = {
  leaver_key: (key, { to }) => {
    const { status, owner } = key
    if (status === 'expired' || owner?.kind !== 'user' || owner.status === 'active' || isNewcomers(key, to)) return null
    if (isUsedAfterRemoval(key)) return 'high'
    return status === 'inactive' ? 'low' : 'medium'
  },
  ownerless_key: ({ status, owner }) => (status === 'active' && owner === null ? 'medium' : null),
  stale_key: ({ status, createdAt, lastUsedOn, isUseKnown }, { from, to, thresholds }) => {
    const isUnused = isUseKnown && (lastUsedOn === null || lastUsedOn < from)
    return status === 'active' && isUnused && isOlderThan(thresholds.staleKeyDays, createdAt, to) ? 'medium' : null
  },
  eternal_key: ({ status, createdAt, expiresAt }, { to, thresholds }) =>
    status === 'active' && expiresAt === null && isOlderThan(thresholds.eternalKeyDays, createdAt, to) ? 'low' : null,
}

/** The directory is read before the keys. Somebody who joins in between has a key of that day or later. */
function isNewcomers({ owner, createdAt }: JudgedKey, today: Day): boolean {
  return owner?.status === 'not_listed' && createdAt !== null && createdAt.slice(0, 10) >= today
}

/** Use on the day of the removal can be of the hours before it. */
export function isUsedAfterRemoval({ lastUsedOn, owner }: Pick<JudgedKey, 'lastUsedOn' | 'owner'>): boolean {
  const removedAt = owner?.removedAt ?? null
  return removedAt !== null && lastUsedOn !== null && lastUsedOn > removedAt.slice(0, 10)
}

/** False for an unknown time, which is no evidence. */
export function isOlderThan(days: number, createdAt: string | null, today: Day): boolean {
  return createdAt !== null && createdAt.slice(0, 10) < addDays(today, -days)
}
