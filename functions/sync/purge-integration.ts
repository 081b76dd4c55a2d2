import { spanOf } from '../../shared/domain/sync-outcome.ts'
import { isRunning } from '../../shared/domain/sync-slot.ts'
import type { SyncDependencies } from './sync-dependencies.ts'

export type PurgeOutcome = 'purged' | 'not_deleting' | 'sync_running' | 'key_not_destroyed'

/**
 * Removes a deleted integration's data, the integration itself last, so that a purge that was killed is begun again. It
 * waits until no run can write any more and the key is gone for certain: then a later clean-up sends it again.
 */
export async function purgeIntegration(
  integrationId: string,
  dependencies: Pick<SyncDependencies, 'integrations' | 'syncs' | 'records' | 'snapshots' | 'now' | 'logger'>,
): Promise<PurgeOutcome> {
  const outcome = await purge(integrationId, dependencies)
  dependencies.logger.info('A purge ended.', { integrationId, outcome })
  return outcome
}

async function purge(id: string, dependencies: Parameters<typeof purgeIntegration>[1]): Promise<PurgeOutcome> {
  const { integrations, syncs, records, snapshots, now } = dependencies
  const integration = await integrations.findIntegration(id)
  if (integration?.lifecycle !== 'deleting') return 'not_deleting'
  if (isRunning(integration, now())) return 'sync_running'
  if (integration.pendingEdit !== null) return 'key_not_destroyed'
  const { dirtyWindow, published, generations } = integration
  const written = published === null ? dirtyWindow : spanOf(dirtyWindow, published.window)
  if (written !== null) await records.deleteRecord(id, written)
  for (const generation of generations) await snapshots.deleteSnapshot(id, generation)
  await syncs.deleteSyncs(id)
  await integrations.removeIntegration(id)
  return 'purged'
}
