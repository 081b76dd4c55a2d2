import type { DirectoryUser } from '../../shared/data-sets/directory/directory-user.ts'
import { deriveUsers } from '../../shared/data-sets/directory/directory-user.ts'
import type { ListedKey } from '../../shared/data-sets/keys/keys.ts'
import { ownedKeys } from '../../shared/data-sets/keys/owned-key.ts'
import type { SnapshotPerson } from '../../shared/data-sets/directory/directory-person.ts'
import type { UsageRow } from '../../shared/data-sets/usage/usage.ts'
import { DEFAULT_THRESHOLDS } from '../../shared/domain/finding.ts'
import { openai } from '../../shared/providers/openai/openai.ts'
import type { ReviewedOrganization } from '../../shared/reviews/freeze-items.ts'
import { aSnapshot, WINDOW } from '../builders.ts'

export const SYNC = { syncId: '01KSYNCAAAAAAAAAAAAAAAAAAA', syncedAt: '2026-11-24T06:00:12.345Z' }

/** The company of `acme.example`, as it was read. */
export function aReviewedOrganization(
  people: readonly SnapshotPerson[],
  {
    rows = [],
    keys = null,
    ...overrides
  }: { rows?: readonly UsageRow[]; keys?: readonly ListedKey[] | null } & Partial<
    Pick<ReviewedOrganization, 'integration' | 'previous'>
  > = {},
): ReviewedOrganization {
  return {
    integration: { id: '01KINTEGRATIONAAAAAAAAAAAA', name: 'Acme', provider: 'openai' },
    directory: { ...SYNC, users: usersOf(people, rows), window: WINDOW },
    keys: keys && {
      ...SYNC,
      listed: ownedKeys(keys, people, { ...WINDOW, syncedAt: SYNC.syncedAt }, DEFAULT_THRESHOLDS),
      costOf: () => null,
    },
    previous: undefined,
    ...overrides,
  }
}

export function usersOf(people: readonly SnapshotPerson[], rows: readonly UsageRow[] = []): readonly DirectoryUser[] {
  return deriveUsers(aSnapshot(people, rows), ['acme.example'], openai.directory)
}
