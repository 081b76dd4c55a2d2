import type { Day } from '../../domain/day.ts'
import type { FindingThresholds } from '../../domain/finding.ts'
import type { Window } from '../../domain/window.ts'
import type { SnapshotPerson } from '../directory/directory-person.ts'
import { type KeyFinding, keyFindingsOf } from './key-findings.ts'
import { isKey, type KeyOwner, type KeysItem, type ListedKey } from './keys.ts'

/** An expired key does not work. An inactive one does not work while its owner has no access. */
export const KEY_STATUSES = ['active', 'inactive', 'expired'] as const
export type KeyStatus = (typeof KEY_STATUSES)[number]

/** `disabled`: banned ones too. `not_listed`: in no directory that was read, as service accounts of projects are. */
export const KEY_OWNER_STATUSES = ['active', 'disabled', 'removed', 'not_listed'] as const
export type KeyOwnerStatus = (typeof KEY_OWNER_STATUSES)[number]

/** The owner of a key as the directory knows them. */
interface JoinedOwner extends KeyOwner {
  readonly status: KeyOwnerStatus
  /** When a sync found them removed (ISO 8601 UTC). Null while they are listed, and when that is not known. */
  readonly removedAt: string | null
}

/** A key as shown in lists. */
export interface OwnedKey extends Omit<ListedKey, 'owner' | 'isActive'> {
  readonly owner: JoinedOwner | null
  readonly status: KeyStatus
  /** The most severe first. */
  readonly findings: readonly KeyFinding[]
}

/** The reading of the keys. What the clock has changed since does not count. */
export interface KeysAsOf extends Window {
  /** ISO 8601 UTC. */
  readonly syncedAt: string
}

/** The keys among the items, joined with the directory, as of their reading. */
export function ownedKeys(
  items: readonly KeysItem[],
  people: readonly SnapshotPerson[],
  asOf: KeysAsOf,
  thresholds: FindingThresholds,
): readonly OwnedKey[] {
  const listed = items.filter(isKey)
  const owners = new Set(listed.map(({ owner }) => owner?.id))
  const directory = new Map(people.filter(({ userId }) => owners.has(userId)).map((person) => [person.userId, person]))
  return listed.map(({ owner, isActive, ...key }) => {
    const joined = owner && joinedOwner(owner, directory.get(owner.id))
    const status = statusAt(asOf.syncedAt, { isActive, expiresAt: key.expiresAt })
    const owned = { ...key, owner: joined, status }
    return { ...owned, findings: keyFindingsOf(owned, { ...asOf, thresholds }) }
  })
}

/**
 * The last day on which somebody's key was used, by the owner's id. Admin keys do not count: they call no model, and Rollcall's
 * own is one of them.
 */
export function lastKeyUses(items: readonly KeysItem[]): ReadonlyMap<string, Day> {
  const last = new Map<string, Day>()
  for (const { kind, owner, lastUsedOn } of items.filter(isKey)) {
    if (kind === 'admin' || owner === null || lastUsedOn === null) continue
    if (lastUsedOn > (last.get(owner.id) ?? '')) last.set(owner.id, lastUsedOn)
  }
  return last
}

function joinedOwner(owner: KeyOwner, person: SnapshotPerson | undefined): JoinedOwner {
  return { ...namedOwner(owner, person), status: ownerStatusOf(person), removedAt: person?.removedAt ?? null }
}

/** An owner with their name and address. Some providers have these in the directory alone. */
export function namedOwner({ kind, id, name, email }: KeyOwner, person: SnapshotPerson | undefined): KeyOwner {
  return { kind, id, name: name ?? person?.name ?? null, email: email ?? person?.email ?? null }
}

function ownerStatusOf(person: SnapshotPerson | undefined): KeyOwnerStatus {
  if (person === undefined) return 'not_listed'
  if (person.removedAt !== null) return 'removed'
  return person.accountStatus === 'active' ? 'active' : 'disabled'
}

function statusAt(at: string, { isActive, expiresAt }: Pick<ListedKey, 'isActive' | 'expiresAt'>): KeyStatus {
  if (expiresAt !== null && expiresAt <= at) return 'expired'
  return isActive ? 'active' : 'inactive'
}
