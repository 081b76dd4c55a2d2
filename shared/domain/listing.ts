import { createHash } from 'node:crypto'
import type { DirectoryPerson } from './directory-person.ts'
import type { Integration } from './integration.ts'
import type { SnapshotPerson } from './snapshot.ts'

const MISSING_AT_LEAST = 10
const BELIEVED_AFTER_MS = 10 * 60_000
const MS_PER_DAY = 86_400_000

/** Whether a listing may be taken over. */
export type ListingVerdict =
  | { readonly verdict: 'plausible' }
  | { readonly verdict: 'different_organization' }
  | { readonly verdict: 'implausible'; readonly mark: NonNullable<Integration['implausible']> }

/**
 * Judges a listing before anything is taken from it. Empty: never believed. Nobody stored in it: another organization.
 * At least 10 and more than half of the stored missing: believed only when found again at least 10 minutes later.
 */
export function judgeListing(found: {
  readonly stored: readonly SnapshotPerson[]
  readonly listed: readonly DirectoryPerson[]
  readonly implausible: Integration['implausible']
  readonly now: Date
}): ListingVerdict {
  const stored = found.stored.filter((person) => person.removedAt === null)
  const listedIds = new Set(found.listed.map((person) => person.userId))
  const missing = stored.filter((person) => !listedIds.has(person.userId)).length
  const fingerprint = fingerprintOf(listedIds)
  const before = found.implausible?.fingerprint === fingerprint ? found.implausible : null
  const mark = before ?? { at: found.now.toISOString(), fingerprint }
  if (listedIds.size === 0) return { verdict: 'implausible', mark }
  if (stored.length > 0 && missing === stored.length) return { verdict: 'different_organization' }
  const hasShrunk = missing >= MISSING_AT_LEAST && missing * 2 > stored.length
  const isConfirmed = before !== null && found.now.getTime() - Date.parse(before.at) >= BELIEVED_AFTER_MS
  return hasShrunk && !isConfirmed ? { verdict: 'implausible', mark } : { verdict: 'plausible' }
}

/**
 * The people after a sync: those listed, and those no longer listed, removed since now or earlier. Who was removed
 * longer ago than `keepRemovedDays` is forgotten; who returns is there again. By id.
 */
export function mergePeople(
  previous: readonly SnapshotPerson[],
  listed: readonly DirectoryPerson[],
  options: { readonly now: Date; readonly keepRemovedDays: number },
): { people: SnapshotPerson[]; removed: number } {
  const listedIds = new Set(listed.map((person) => person.userId))
  const missing = previous.filter((person) => !listedIds.has(person.userId))
  const forgottenBefore = new Date(options.now.getTime() - options.keepRemovedDays * MS_PER_DAY).toISOString()
  const gone = missing
    .map((person) => ({ ...person, removedAt: person.removedAt ?? options.now.toISOString() }))
    .filter((person) => person.removedAt >= forgottenBefore)
  const people = [...listed.map((person) => ({ ...person, removedAt: null })), ...gone]
  return {
    people: people.toSorted((left, right) => (left.userId < right.userId ? -1 : 1)),
    removed: missing.filter((person) => person.removedAt === null).length,
  }
}

function fingerprintOf(ids: ReadonlySet<string>): string {
  return createHash('sha256')
    .update(JSON.stringify([...ids].toSorted()))
    .digest('hex')
}
