import type { Integration } from '../../shared/integrations/integration.ts'
import { endedOrInterrupted, promoteWaitingSync } from '../../shared/integrations/sync-slot.ts'
import { updateDisplacingSync } from '../../shared/use-cases/update-displacing-sync.ts'
import { IntegrationNotFoundError } from '../../shared/storage/errors.ts'
import type { Run } from './run.ts'
import type { SyncDependencies } from './sync-dependencies.ts'

/**
 * Starts what waited for the end of a run: a waiting sync takes the slot and is sent, or the purge of a deleted
 * integration is sent. Errors are logged; the next schedule or clean-up tries again.
 */
export async function startNext(run: Run, dependencies: SyncDependencies): Promise<void> {
  const { id } = run.integration
  const { integrations, queue, logger } = dependencies
  try {
    const current = await integrations.findIntegration(id)
    if (current?.lifecycle === 'visible' && current.waitingSync !== null) await startWaitingSync(id, dependencies)
    if (current?.lifecycle !== 'deleting') return
    await integrations.updateIntegration(id, (latest) => releaseLeaseOfDeleted(latest, run, dependencies.now()))
    await queue.send({ kind: 'purge', integrationId: id })
  } catch (error) {
    if (error instanceof IntegrationNotFoundError) return
    logger.error('The follow-up of a sync could not be started.', error, { integrationId: id, syncId: run.syncId })
  }
}

async function startWaitingSync(id: string, dependencies: SyncDependencies): Promise<void> {
  const now = dependencies.now()
  const { waitingSync } = await dependencies.integrations.getIntegration(id)
  const after = await updateDisplacingSync(dependencies, id, (current) => promoteWaitingSync(current, now), now)
  if (waitingSync === null || after.lastSync?.id !== waitingSync.id || after.lastSync.state !== 'queued') return
  const { id: syncId, trigger } = waitingSync
  await dependencies.queue.send({ kind: 'sync', integrationId: id, syncId, trigger })
}

/** Frees the lease if it is still this run's. */
function releaseLeaseOfDeleted(current: Integration, run: Run, now: Date): Integration | undefined {
  const isOwn = current.lastSync?.id === run.syncId && current.lease?.attempt === run.attempt
  if (!isOwn || current.lastSync === null) return undefined
  return { ...current, lastSync: endedOrInterrupted(current.lastSync, now), lease: null }
}
