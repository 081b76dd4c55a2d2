import type { SyncTrigger } from '../integrations/sync.ts'

/** One run of one integration. Ids only: queues hold no names and no keys. */
export interface SyncMessage {
  readonly kind: 'sync'
  readonly integrationId: string
  readonly syncId: string
  readonly trigger: SyncTrigger
}

/** A deleted integration's data is to be purged. */
export interface PurgeMessage {
  readonly kind: 'purge'
  readonly integrationId: string
}

/** What the sync function is handed. */
export type QueueMessage = SyncMessage | PurgeMessage

/** Hands messages to the sync function, at least once each, in any order. */
export interface SyncQueue {
  send(message: QueueMessage): Promise<void>
  /** Sends many, in as few calls as the queue allows. Throws when any could not be sent, after trying all. */
  sendAll(messages: readonly QueueMessage[]): Promise<void>
}
