import type { SyncTrigger } from '../domain/sync.ts'

/** One run of one integration. Ids only: queues hold no names and no keys. */
export interface SyncMessage {
  readonly integrationId: string
  readonly syncId: string
  readonly trigger: SyncTrigger
}

/** Hands messages to the sync function, at least once each, in any order. */
export interface SyncQueue {
  send(message: SyncMessage): Promise<void>
}
