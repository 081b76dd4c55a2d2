import { interruptSync, queuedSync, queueSync } from '../../../shared/integrations/sync-slot.ts'
import type { Sync } from '../../../shared/integrations/sync.ts'
import { updateDisplacingSync } from '../../../shared/use-cases/update-displacing-sync.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { NotFoundError } from '../http/api-errors.ts'
import { getVisibleIntegration } from '../integrations/visible-integration.ts'

/**
 * Queues a manual sync. Throws `SyncInProgressError` while one is queued or running. Rethrows errors of the queue after
 * freeing the slot.
 */
export async function startSync(deps: ApiDependencies, integrationId: string): Promise<Sync> {
  const now = deps.now()
  const sync = { id: deps.newId(), trigger: 'manual', now } as const
  await getVisibleIntegration(deps, integrationId)
  await updateDisplacingSync(
    deps,
    integrationId,
    (current) => {
      if (current.lifecycle !== 'visible') throw new NotFoundError('integration')
      return queueSync(current, sync)
    },
    now,
  )
  try {
    await deps.queue.send({ kind: 'sync', integrationId, syncId: sync.id, trigger: sync.trigger })
  } catch (error) {
    await deps.integrations.updateIntegration(integrationId, (current) =>
      current.lastSync?.id === sync.id ? interruptSync(current, now) : undefined,
    )
    throw error
  }
  return queuedSync(sync.id, sync.trigger, now)
}
