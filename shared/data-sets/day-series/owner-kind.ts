import type { SnapshotPerson } from '../directory/directory-person.ts'
import type { DirectoryRules } from '../directory/directory-rules.ts'

/**
 * To whom usage belongs. `service_account`: listed or not. `former_member`: removed but still stored. `key`: the provider named
 * a key alone. `not_listed`: all ids of unknown people. `unattributed`: the provider named nobody.
 */
export const OWNER_KINDS = ['member', 'service_account', 'former_member', 'key', 'not_listed', 'unattributed'] as const
export type OwnerKind = (typeof OWNER_KINDS)[number]

/** The owners that are people. Usage of others says nothing about people. */
export const PEOPLE: ReadonlySet<OwnerKind> = new Set(['member', 'former_member', 'not_listed'])

export function ownerKindOf(
  userId: string | null,
  person: SnapshotPerson | undefined,
  rules: DirectoryRules,
): OwnerKind {
  if (userId === null) return 'unattributed'
  const kind = person?.kind === 'service_account' ? person.kind : rules.ownerKindOfId(userId)
  if (kind !== 'person') return kind
  if (person === undefined) return 'not_listed'
  return person.removedAt === null ? 'member' : 'former_member'
}
