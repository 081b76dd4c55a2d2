import { endedOrInterrupted, queuedSync, queueSync } from '../../shared/domain/sync-slot.ts'
import type { Sync } from '../../shared/domain/sync.ts'
import type { ApiDependencies } from './api-dependencies.ts'
import { NotFoundError } from './api-errors.ts'
import { getVisibleIntegration } from './visible-integration.ts'

/** Queues a sync by hand. Throws `SyncInProgressError` while one is queued or running. */
export async function startSync(deps: ApiDependencies, integrationId: string): Promise<Sync> {
  const now = deps.now()
  const sync = { id: deps.newId(), trigger: 'manual', now } as const
  const before = await getVisibleIntegration(deps, integrationId)
  queueSync(before, sync)
  // Recorded before it is displaced, so that a kill in between loses nothing; again when another took its place meanwhile.
  await record(before.lastSync)
  let displaced: Sync | null = null
  await deps.integrations.updateIntegration(integrationId, (current) => {
    if (current.lifecycle !== 'visible') throw new NotFoundError('integration')
    displaced = current.lastSync
    return queueSync(current, sync)
  })
  if (displaced !== before.lastSync) await record(displaced)
  await deps.queue.send({ integrationId, syncId: sync.id, trigger: sync.trigger })
  return queuedSync(sync.id, sync.trigger, now)

  async function record(ended: Sync | null): Promise<void> {
    if (ended !== null) await deps.syncs.putSync(integrationId, endedOrInterrupted(ended, now))
  }
}
