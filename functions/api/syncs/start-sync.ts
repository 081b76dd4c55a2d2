import type { Sync } from '../../../shared/integrations/sync.ts'
import { interruptSync, queueSync } from '../../../shared/integrations/sync-slot.ts'
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
  const queued = after.waitingSync ?? after.lastSync
  if (queued === null) throw new Error('No sync was queued.')
  // A waiting sync is sent by the run that it waits for.
  if (after.waitingSync === null) await send(deps, integrationId, queued)
  return toWireSync(queued, providerOf(provider))
}

async function send(deps: ApiDependencies, integrationId: string, { id: syncId, trigger }: Sync): Promise<void> {
  try {
    await deps.queue.send({ kind: 'sync', integrationId, syncId, trigger })
  } catch (error) {
    await deps.integrations.updateIntegration(integrationId, (current) =>
      current.lastSync?.id === syncId ? interruptSync(current, deps.now()) : undefined,
    )
    throw error
  }
}
