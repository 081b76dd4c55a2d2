import { claimSync, type ClaimRefusal } from '../../shared/integrations/sync-slot.ts'
import type { SyncMessage } from '../../shared/ports/sync-queue.ts'
import { updateDisplacingSync } from '../../shared/use-cases/update-displacing-sync.ts'
import { Run } from './run.ts'
import type { SyncDependencies } from './sync-dependencies.ts'

/**
 * Claims the sync slot for a message with a conditional write. The previous sync moves to the history. Returns the run,
 * or why the message is dropped.
 */
export async function claimRun(message: SyncMessage, dependencies: SyncDependencies): Promise<Run | ClaimRefusal> {
  const { integrations, now, leaseMs } = dependencies
  if ((await integrations.findIntegration(message.integrationId)) === undefined) return 'not_visible'
  let refused: ClaimRefusal | undefined
  const claimed = await updateDisplacingSync(
    dependencies,
    message.integrationId,
    (current) => {
      const claim = claimSync(current, message, { now: now(), leaseMs })
      refused = 'refused' in claim ? claim.refused : undefined
      return 'claimed' in claim ? claim.claimed : undefined
    },
    now(),
  )
  return refused ?? new Run(claimed, dependencies)
}
