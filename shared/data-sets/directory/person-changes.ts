import { isDeepStrictEqual } from 'node:util'
import type { SnapshotPerson } from './directory-person.ts'

/** A stored person to write or to delete. */
export type PersonChange = { readonly put: SnapshotPerson } | { readonly delete: string }

/** The people that differ between two lists. */
export function* personChanges(
  previous: readonly SnapshotPerson[],
  next: readonly SnapshotPerson[],
): Generator<PersonChange> {
  const before = new Map(previous.map((person) => [person.userId, person]))
  for (const person of next) {
    if (!isDeepStrictEqual(before.get(person.userId), person)) yield { put: person }
    before.delete(person.userId)
  }
  for (const userId of before.keys()) yield { delete: userId }
}
