import type { QueueMessage } from '../../shared/ports/sync-queue.ts'
import { purgeIntegration, type PurgeOutcome } from './purge-integration.ts'
import { runSync, type SyncOutcome } from './run-sync.ts'
import type { SyncDependencies } from './sync-dependencies.ts'

/**
 * Handles a message of the queue and returns the outcome. Only throws internal errors, after which the queue delivers
 * the message again.
 */
export async function handleMessage(
  message: QueueMessage,
  deliveryCount: number,
  dependencies: SyncDependencies,
): Promise<SyncOutcome | PurgeOutcome> {
  return message.kind === 'purge'
    ? purgeIntegration(message.integrationId, dependencies)
    : runSync({ ...message, deliveryCount }, dependencies)
}
