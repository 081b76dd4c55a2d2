import type { EditFields, Integration, IntegrationCounts } from '../integrations/integration.ts'
import type { DirectoryRules } from '../data-sets/directory/directory-rules.ts'
import { countSeats } from '../data-sets/directory/licenses-view.ts'
import type { SnapshotRepository } from '../storage/snapshots.ts'

/**
 * Seats and licenses of the published sync under new company domains. Undefined when the fields set none, or nothing is
 * published. Throws `SnapshotMissingError`.
 */
export async function countPublished(
  snapshots: SnapshotRepository,
  { id, published }: Pick<Integration, 'id' | 'published'>,
  { companyDomains }: EditFields,
  rules: DirectoryRules,
): Promise<IntegrationCounts | undefined> {
  if (published === null || companyDomains === undefined) return undefined
  const snapshot = await snapshots.readSnapshot(id, published)
  return countSeats(snapshot, companyDomains.length > 0 ? companyDomains : published.inferredDomains, rules)
}
