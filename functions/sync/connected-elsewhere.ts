import type { Integration } from '../../shared/integrations/integration.ts'
import { syncProblem } from '../../shared/domain/problem.ts'
import type { Joined } from '../../shared/integrations/same-organization.ts'
import { recordFailure, type SyncFailure } from '../../shared/integrations/sync-outcome.ts'
import { isRunning, withLateWrites } from '../../shared/integrations/sync-slot.ts'
import { IntegrationNotFoundError } from '../../shared/storage/errors.ts'
import { findSameOrganization } from '../../shared/use-cases/find-same-organization.ts'
import type { Run } from './run.ts'
import type { SyncDependencies } from './sync-dependencies.ts'

/**
 * Why a first sync must not publish: another integration already has its organization. Two keys of one organization can
 * be connected at the same time, while neither has stored members or an id. Of two concurrent first syncs, the integration that
 * was connected first wins.
 *
 * Called before the run reads, by the reported id alone, before it writes, so a refused organization is not written, and again right before it publishes. By then
 * both runs have stored their first members, so at least one of them finds the other. The run that finds a younger,
 * unpublished integration ends its sync with a single write, on which the younger one's publication depends.
 */
export async function connectedElsewhere(
  run: Run,
  { organizationId, listed }: { readonly organizationId: string | null; readonly listed: readonly Joined[] },
  dependencies: SyncDependencies,
): Promise<Pick<SyncFailure, 'problem'> | undefined> {
  const { integrations, records, now } = dependencies
  if (run.integration.published !== null) return undefined
  const others = (await integrations.listIntegrations()).filter(
    (other) =>
      other.id !== run.integration.id &&
      other.provider === run.integration.provider &&
      other.lifecycle === 'visible' &&
      (other.published !== null || isRunning(other, now())),
  )
  for (const other of await findSameOrganization(records, others, { organizationId, listFirst: async () => listed })) {
    const hasPriority = other.published !== null || other.id < run.integration.id
    if (hasPriority || (await hasPublished(other, run.integration, dependencies))) return refusalBy(other)
  }
  return undefined
}

/** Ends the first sync of a younger integration. True when that has published in the meantime. */
async function hasPublished(younger: Integration, older: Integration, { integrations, now }: SyncDependencies) {
  const failure = { ...refusalBy(older), keyVersion: younger.keyVersion }
  try {
    const after = await integrations.updateIntegration(younger.id, (current) => {
      const isFirst = current.published === null && isRunning(current, now())
      if (!isFirst || current.lastSync === null || current.lifecycle !== 'visible') return undefined
      return recordFailure(withLateWrites(current, now()), current.lastSync, failure, now())
    })
    return after.published !== null
  } catch (error) {
    if (error instanceof IntegrationNotFoundError) return false
    throw error
  }
}

function refusalBy({ name }: Integration): Pick<SyncFailure, 'problem'> {
  return { problem: syncProblem('organization_already_connected', { connectedAs: name }) }
}
