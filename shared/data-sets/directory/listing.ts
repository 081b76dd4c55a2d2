import type { DirectoryPerson, SnapshotPerson } from './directory-person.ts'
import { MS_PER_DAY } from '../../domain/day.ts'
import type { Integration } from '../../integrations/integration.ts'

const MISSING_AT_LEAST = 10
const BELIEVED_AFTER_MS = 10 * 60_000

/** Whether a listing is accepted. `mark` is what the integration stores about an implausible listing. */
type ListingVerdict =
  | { readonly verdict: 'plausible' }
  | { readonly verdict: 'different_organization' }
  | { readonly verdict: 'implausible'; readonly mark: Integration['implausible'] }

/**
 * Judges a listing before anything from it is used. An empty listing is never accepted. A listing without any stored person
 * is another organization's. A mass departure is accepted only if the same people are missing again at least 10 minutes
 * later, independent of who joined, and the other people's departures are not a mass departure themselves.
 */
export function judgeListing(found: {
  readonly stored: readonly SnapshotPerson[]
  readonly listed: readonly DirectoryPerson[]
  readonly implausible: Integration['implausible']
  readonly now: Date
}): ListingVerdict {
  const listedIds = new Set(found.listed.map((person) => person.userId))
  const storedIds = found.stored.filter((person) => person.removedAt === null).map((person) => person.userId)
  const missing = new Set(storedIds.filter((id) => !listedIds.has(id)))
  if (listedIds.size === 0) return { verdict: 'implausible', mark: found.implausible }
  if (storedIds.length > 0 && missing.size === storedIds.length) return { verdict: 'different_organization' }
  if (!isMassDeparture(missing.size, storedIds.length)) return { verdict: 'plausible' }
  const { implausible: before } = found
  if (before === null || !areMissingAgain(before, storedIds, missing)) {
    return { verdict: 'implausible', mark: markOf(storedIds, missing, found.now) }
  }
  const isConfirmed = found.now.getTime() - Date.parse(before.at) >= BELIEVED_AFTER_MS
  return isConfirmed ? { verdict: 'plausible' } : { verdict: 'implausible', mark: before }
}

function isMassDeparture(missing: number, stored: number): boolean {
  return missing >= MISSING_AT_LEAST && missing * 2 > stored
}

/** True when all who were missing before are missing now, and not too many of the others beside them. */
function areMissingAgain(
  before: NonNullable<Integration['implausible']>,
  storedIds: readonly string[],
  missing: ReadonlySet<string>,
): boolean {
  const wasMissing = readBits(before.missing)
  const { then, others } = Object.groupBy(storedIds.toSorted(), (_, place) => (wasMissing(place) ? 'then' : 'others'))
  const stayed = others ?? []
  const areGone = then?.every((id) => missing.has(id)) === true
  return areGone && !isMassDeparture(stayed.filter((id) => missing.has(id)).length, stayed.length)
}

/**
 * Remembers who was missing: a bit for each stored person, by id. It means the same until a sync publishes other people, and
 * that forgets it. 10,000 people take 1.7 KB.
 */
function markOf(storedIds: readonly string[], missing: ReadonlySet<string>, now: Date): Integration['implausible'] {
  const bits = Buffer.alloc(Math.ceil(storedIds.length / 8))
  for (const [place, id] of storedIds.toSorted().entries()) {
    const at = Math.floor(place / 8)
    if (missing.has(id)) bits.writeUInt8(bits.readUInt8(at) | (1 << (place % 8)), at)
  }
  return { at: now.toISOString(), missing: bits.toString('base64url') }
}

function readBits(text: string): (place: number) => boolean {
  const bits = Buffer.from(text, 'base64url')
  return (place) => ((bits[Math.floor(place / 8)] ?? 0) & (1 << (place % 8))) !== 0
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
