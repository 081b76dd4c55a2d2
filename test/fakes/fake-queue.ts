import type { QueueMessage, SyncMessage, SyncQueue } from '../../shared/ports/sync-queue.ts'

/** A queue that only delivers on request. */
export class FakeQueue implements SyncQueue {
  readonly messages: QueueMessage[] = []
  /** While set, sending fails. */
  failsWith: Error | null = null

  async send(message: QueueMessage): Promise<void> {
    if (this.failsWith !== null) throw this.failsWith
    this.messages.push(message)
  }

  async sendAll(messages: readonly QueueMessage[]): Promise<void> {
    for (const message of messages) await this.send(message)
  }

  /** The messages that ask for a sync. */
  get syncs(): SyncMessage[] {
    return this.messages.filter((message) => message.kind === 'sync')
  }
}
