import type { SnapshotPerson } from '../data-sets/directory/directory-person.ts'
import { isKey, isUnread, type KeysItem } from '../data-sets/keys/keys.ts'
import { keyStatusAt } from '../data-sets/keys/owned-key.ts'
import type { OutcomeSubject } from './outcome.ts'

/** What one sync read of who and which keys have access. */
export interface AccessReading {
  /** Everybody in the directory, and removed people that are still kept. */
  readonly people: readonly SnapshotPerson[]
  /** Null if this sync did not read them. */
  readonly keys: readonly KeysItem[] | null
  /** When it was published (ISO 8601 UTC). Keys expire as of this time. */
  readonly at: string
}

/** `ended`: removed, disabled or banned; a key gone, inactive or expired. `unknown`: the reading proves nothing. */
export type Access = 'held' | 'ended' | 'unknown'

/** Returns what a reading says about the access of somebody or of a key. */
export function accessIn({ people, keys, at }: AccessReading): (subject: OutcomeSubject) => Access {
  const present = new Map(people.map((person) => [person.userId, person]))
  const memberAccess = (userId: string): Access => {
    const person = present.get(userId)
    return person?.removedAt === null && person.accountStatus === 'active' ? 'held' : 'ended'
  }
  const keyAccess = keys === null ? (): Access => 'unknown' : accessOfKeys(keys, at)
  return (subject) => (subject.kind === 'member' ? memberAccess(subject.id) : keyAccess(subject))
}

/** The keys of a project that could not be read are those of an earlier reading, so they prove nothing. */
function accessOfKeys(keys: readonly KeysItem[], at: string): (subject: OutcomeSubject) => Access {
  const unread = new Set(keys.filter(isUnread).map(({ project }) => project?.id ?? null))
  const listed = Map.groupBy(keys.filter(isKey), ({ id }) => id)
  return ({ id, projectId }) => {
    const found = listed.get(id) ?? []
    const read = found.filter(({ project }) => !unread.has(project?.id ?? null))
    if (read.some((key) => keyStatusAt(at, key) === 'active')) return 'held'
    return unread.has(projectId) || read.length < found.length ? 'unknown' : 'ended'
  }
}
