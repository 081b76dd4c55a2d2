import { type Integration, publishedGenerations } from '../../shared/integrations/integration.ts'
import { endLapsedRun, isRunning } from '../../shared/integrations/sync-slot.ts'
import { outcomeAfterDeletion } from '../../shared/reviews/next-outcome.ts'
import { IntegrationNotFoundError } from '../../shared/storage/errors.ts'
import type { SyncDependencies } from './sync-dependencies.ts'

export type PurgeOutcome = 'purged' | 'not_deleting' | 'sync_running' | 'key_not_destroyed' | 'late_writes_possible'

type PurgeDependencies = Pick<
  SyncDependencies,
  'integrations' | 'syncs' | 'records' | 'snapshots' | 'acceptances' | 'outcomes' | 'now' | 'logger'
>

/**
 * Removes the data of a deleted integration. Removals that reviews decided there, and that no sync has found, become unknown. The integration itself is removed last, so an interrupted purge is
 * repeated. The purge waits until a run's lease has ended and the key is certainly destroyed. While late writes of a
 * run that lost its lease are possible, everything but the invisible integration is removed; a later clean-up sends the
 * purge again.
 */
export async function purgeIntegration(integrationId: string, dependencies: PurgeDependencies): Promise<PurgeOutcome> {
  const outcome = await purge(integrationId, dependencies)
  dependencies.logger.info('A purge ended.', { integrationId, outcome })
  return outcome
}

async function purge(id: string, dependencies: PurgeDependencies): Promise<PurgeOutcome> {
  const { integrations, now } = dependencies
  const found = await integrations.findIntegration(id)
  if (found?.lifecycle !== 'deleting') return 'not_deleting'
  if (isRunning(found, now())) return 'sync_running'
  if (found.pendingEdit !== null) return 'key_not_destroyed'
  const begunAt = now()
  const integration = await withoutRun(id, dependencies)
  if (integration === undefined) return 'not_deleting'
  await removeData(integration, dependencies)
  const { lateWritesUntil } = integration
  if (lateWritesUntil !== null && begunAt.getTime() < Date.parse(lateWritesUntil)) return 'late_writes_possible'
  await integrations.removeIntegration(id)
  return 'purged'
}

/** The integration, after ending a run whose lease has expired. Undefined when another purge has removed it. */
async function withoutRun(id: string, { integrations, now }: PurgeDependencies): Promise<Integration | undefined> {
  try {
    return await integrations.updateIntegration(id, (current) => endLapsedRun(current, now()))
  } catch (error) {
    if (error instanceof IntegrationNotFoundError) return undefined
    throw error
  }
}

async function removeData(integration: Integration, dependencies: PurgeDependencies): Promise<void> {
  const { id, record, published, unpublishedGenerations } = integration
  const generations = [...publishedGenerations(published), ...unpublishedGenerations]
  const { records, snapshots, syncs, acceptances, outcomes } = dependencies
  await outcomes.updateOutcomes(await outcomes.listOutcomesOf(id), outcomeAfterDeletion)
  if (record !== null) await records.deleteRecord(id, record.window)
  for (const generation of generations) await snapshots.deleteSnapshot(id, generation)
  await syncs.deleteSyncs(id)
  await acceptances.deleteAcceptancesOf(id)
}
