import { MS_PER_DAY } from '../domain/day.ts'
import type { Integration } from './integration.ts'

const WARN_AHEAD_MS = 14 * MS_PER_DAY

/** A connection key that expires soon, or has expired. Times are ISO 8601 UTC. */
export interface KeyExpiry {
  readonly expiresAt: string
  readonly isOver: boolean
  /** From when on there is a warning: not before the integration was created. */
  readonly since: string
}

/** Null while the key has more than 14 days left, or no known expiry. */
export function keyExpiryOf(
  { keyExpiresAt: expiresAt, createdAt }: Pick<Integration, 'keyExpiresAt' | 'createdAt'>,
  now: Date,
): KeyExpiry | null {
  if (expiresAt === null) return null
  const warnFromMs = Date.parse(expiresAt) - WARN_AHEAD_MS
  if (now.getTime() < warnFromMs) return null
  const since = new Date(Math.max(warnFromMs, Date.parse(createdAt))).toISOString()
  return { expiresAt, isOver: expiresAt <= now.toISOString(), since }
}
