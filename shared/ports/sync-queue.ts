import type { SyncTrigger } from '../integrations/sync.ts'

/** Requests one run of one integration. It only contains ids: queues hold no names and no keys. */
export interface SyncMessage {
  readonly kind: 'sync'
  readonly integrationId: string
  readonly syncId: string
  readonly trigger: SyncTrigger
}

/** Requests the purge of a deleted integration's data. */
export interface PurgeMessage {
  readonly kind: 'purge'
  readonly integrationId: string
}

/** The messages of the sync function. */
export type QueueMessage = SyncMessage | PurgeMessage

/** Delivers messages to the sync function, at least once each, in any order. */
export interface SyncQueue {
  send(message: QueueMessage): Promise<void>
  /** Sends many messages in as few calls as possible. Tries all, then throws when some could not be sent. */
  sendAll(messages: readonly QueueMessage[]): Promise<void>
}
