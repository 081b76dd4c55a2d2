import { interruptSync, queuedSync, queueSync } from '../../../shared/integrations/sync-slot.ts'
import type { WireSync } from '../../../shared/contracts/sync-contract.ts'
import { providerOf } from '../../../shared/providers/find-provider.ts'
import { updateDisplacingSync } from '../../../shared/use-cases/update-displacing-sync.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { NotFoundError } from '../http/api-errors.ts'
import { getVisibleIntegration } from '../integrations/visible-integration.ts'
import { toWireSync } from './to-wire-sync.ts'

/**
 * Queues a manual sync. While the record of the last one is written, it waits for the end of that. Throws
 * `SyncInProgressError` while another sync is queued or running. Rethrows errors of the queue after freeing the slot.
 */
export async function startSync(deps: ApiDependencies, integrationId: string): Promise<WireSync> {
  const now = deps.now()
  const sync = { id: deps.newId(), trigger: 'manual', now } as const
  const { provider } = await getVisibleIntegration(deps, integrationId)
  const after = await updateDisplacingSync(
    deps,
    integrationId,
    (current) => {
      if (current.lifecycle !== 'visible') throw new NotFoundError('integration')
      return queueSync(current, sync)
    },
    now,
  )
  // A waiting sync is sent by the run that it waits for.
  if (after.lastSync?.id === sync.id) {
    try {
      await deps.queue.send({ kind: 'sync', integrationId, syncId: sync.id, trigger: sync.trigger })
    } catch (error) {
      await deps.integrations.updateIntegration(integrationId, (current) =>
        current.lastSync?.id === sync.id ? interruptSync(current, now) : undefined,
      )
      throw error
    }
  }
  return toWireSync(queuedSync(sync.id, sync.trigger, now), providerOf(provider))
}
