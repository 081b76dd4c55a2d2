import { setTimeout as sleep } from 'node:timers/promises'
import pLimit from 'p-limit'
import type { Logger } from '../../shared/ports/logger.ts'
import type { SyncMessage, SyncQueue } from '../../shared/ports/sync-queue.ts'

const DELIVERIES_AT_MOST = 3
const RUNS_AT_ONCE = 2
const PAUSE_MS = 1_000

/** The queue of one machine: runs messages in this process, two at once, each up to three times. */
export class MemoryQueue implements SyncQueue {
  private readonly run: (message: SyncMessage & { deliveryCount: number }) => Promise<unknown>
  private readonly logger: Logger
  private readonly limit = pLimit(RUNS_AT_ONCE)
  private readonly underWay = new Set<Promise<void>>()
  private readonly stopping = new AbortController()

  constructor(run: (message: SyncMessage & { deliveryCount: number }) => Promise<unknown>, logger: Logger) {
    this.run = run
    this.logger = logger
  }

  async send(message: SyncMessage): Promise<void> {
    const delivered = this.limit(() => this.deliver(message))
    this.underWay.add(delivered)
    void delivered.finally(() => this.underWay.delete(delivered))
  }

  /** Takes nothing more up, and waits for what runs, but no longer than `waitMs`: the next start mends the rest. */
  async close(waitMs: number): Promise<void> {
    this.stopping.abort()
    await this.idle(waitMs)
  }

  /** Resolves when nothing is queued or running, but at the latest after `waitMs`. */
  async idle(waitMs: number): Promise<void> {
    const bound = new AbortController()
    const waited = sleep(waitMs, undefined, { signal: bound.signal }).catch(() => undefined)
    await Promise.race([Promise.all(this.underWay), waited])
    bound.abort()
  }

  private async deliver(message: SyncMessage): Promise<void> {
    const ids = { integrationId: message.integrationId, syncId: message.syncId }
    for (let deliveryCount = 1; deliveryCount <= DELIVERIES_AT_MOST; deliveryCount += 1) {
      if (this.stopping.signal.aborted) return
      try {
        await this.run({ ...message, deliveryCount })
        return
      } catch (error) {
        this.logger.error('A sync message failed.', error, { ...ids, deliveryCount })
        if (deliveryCount < DELIVERIES_AT_MOST) await sleep(PAUSE_MS * deliveryCount)
      }
    }
    this.logger.error('A sync message was given up.', new Error('three deliveries failed'), ids)
  }
}
