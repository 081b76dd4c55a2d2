import type { QueueMessage } from '../../shared/ports/sync-queue.ts'
import { purgeIntegration } from './purge-integration.ts'
import { runSync } from './run-sync.ts'
import type { SyncDependencies } from './sync-dependencies.ts'

/** Does what a message of the queue asks for. Throws only our own faults: the queue delivers again. */
export async function handleMessage(
  message: QueueMessage,
  deliveryCount: number,
  dependencies: SyncDependencies,
): Promise<void> {
  if (message.kind === 'purge') await purgeIntegration(message.integrationId, dependencies)
  else await runSync({ ...message, deliveryCount }, dependencies)
}
