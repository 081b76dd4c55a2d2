import type { Sync } from '../../shared/domain/sync.ts'
import { claimSync, endedOrInterrupted, type ClaimRefusal } from '../../shared/domain/sync-slot.ts'
import type { SyncMessage } from '../../shared/ports/sync-queue.ts'
import { Run } from './run.ts'
import type { SyncDependencies } from './sync-dependencies.ts'

/**
 * Claims the sync slot for a message, conditionally, and puts the sync it displaces into the history. Gives the run,
 * or why the message is dropped.
 */
export async function claimRun(message: SyncMessage, dependencies: SyncDependencies): Promise<Run | ClaimRefusal> {
  const { integrations, syncs, now, leaseMs } = dependencies
  const before = await integrations.findIntegration(message.integrationId)
  if (before === undefined) return 'not_visible'
  const claim = claimSync(before, message, { now: now(), leaseMs })
  if ('refused' in claim) return claim.refused

  // Recorded before it is displaced, so that a kill in between loses nothing; again when another took its place meanwhile.
  const recorded = await recordDisplaced(before.lastSync)
  let refused: ClaimRefusal | undefined
  let displaced: Sync | null = null
  const claimed = await integrations.updateIntegration(message.integrationId, (current) => {
    const again = claimSync(current, message, { now: now(), leaseMs })
    refused = 'refused' in again ? again.refused : undefined
    displaced = current.lastSync
    return 'claimed' in again ? again.claimed : undefined
  })
  if (refused !== undefined) return refused
  if (displaced !== recorded) await recordDisplaced(displaced)
  return new Run(claimed, message.syncId, dependencies)

  async function recordDisplaced(sync: Sync | null): Promise<Sync | null> {
    if (sync !== null && sync.id !== message.syncId) {
      await syncs.putSync(message.integrationId, endedOrInterrupted(sync, now()))
    }
    return sync
  }
}
