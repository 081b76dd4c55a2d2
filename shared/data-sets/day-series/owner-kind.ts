import type { SnapshotPerson } from '../directory/directory-person.ts'
import type { DirectoryRules } from '../directory/directory-rules.ts'

/**
 * To whom usage belongs. `service_account`: listed or not. `former_member`: removed but still stored. `not_listed`: all ids
 * of unknown people. `unattributed`: the provider named nobody.
 */
export const OWNER_KINDS = ['member', 'service_account', 'former_member', 'not_listed', 'unattributed'] as const
export type OwnerKind = (typeof OWNER_KINDS)[number]

export function ownerKindOf(
  userId: string | null,
  person: SnapshotPerson | undefined,
  rules: DirectoryRules,
): OwnerKind {
  if (userId === null) return 'unattributed'
  if (person?.kind === 'service_account' || rules.isServiceAccountId(userId)) return 'service_account'
  if (person === undefined) return 'not_listed'
  return person.removedAt === null ? 'member' : 'former_member'
}
