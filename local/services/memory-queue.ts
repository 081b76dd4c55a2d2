import { setTimeout as sleep } from 'node:timers/promises'
import pLimit from 'p-limit'
import type { Logger } from '../../shared/ports/logger.ts'
import type { QueueMessage, SyncQueue } from '../../shared/ports/sync-queue.ts'

const DELIVERIES_AT_MOST = 3
const RUNS_AT_ONCE = 2
const PAUSE_MS = 1_000

/** The queue of one machine. It runs messages in this process, two at a time, each up to three times. */
export class MemoryQueue implements SyncQueue {
  private readonly handle: (message: QueueMessage, deliveryCount: number) => Promise<unknown>
  private readonly logger: Logger
  private readonly pauseMs: number
  private readonly limit = pLimit(RUNS_AT_ONCE)
  /** Integrations that have a waiting scheduled message. */
  private readonly scheduled = new Set<string>()
  private readonly underWay = new Set<Promise<void>>()
  private readonly stopping = new AbortController()

  /** `pauseMs` is the pause before the second delivery; it doubles before the third. */
  constructor(
    handle: (message: QueueMessage, deliveryCount: number) => Promise<unknown>,
    logger: Logger,
    pauseMs: number = PAUSE_MS,
  ) {
    this.handle = handle
    this.logger = logger
    this.pauseMs = pauseMs
  }

  /**
   * A scheduled message is skipped while another one of its integration waits, so short intervals do not build up a
   * backlog.
   */
  async send(message: QueueMessage): Promise<void> {
    const { integrationId } = message
    const isScheduled = message.kind === 'sync' && message.trigger === 'schedule'
    if (isScheduled && this.scheduled.has(integrationId)) return
    if (isScheduled) this.scheduled.add(integrationId)
    const delivered = this.limit(() => {
      if (isScheduled) this.scheduled.delete(integrationId)
      return this.deliver(message)
    })
    this.underWay.add(delivered)
    void delivered.finally(() => this.underWay.delete(delivered))
  }

  async sendAll(messages: readonly QueueMessage[]): Promise<void> {
    for (const message of messages) await this.send(message)
  }

  /** Stops starting messages, and waits up to `waitMs` for running ones. The next start recovers the rest. */
  async close(waitMs: number): Promise<void> {
    this.stopping.abort()
    await this.idle(waitMs)
  }

  /** Resolves when nothing is queued or running, at the latest after `waitMs`. */
  async idle(waitMs: number): Promise<void> {
    const bound = new AbortController()
    const waited = sleep(waitMs, undefined, { signal: bound.signal }).catch(() => undefined)
    await Promise.race([Promise.all(this.underWay), waited])
    bound.abort()
  }

  private async deliver(message: QueueMessage): Promise<void> {
    const { kind: _kind, ...ids } = message
    for (let deliveryCount = 1; deliveryCount <= DELIVERIES_AT_MOST; deliveryCount += 1) {
      if (this.stopping.signal.aborted) return
      try {
        await this.handle(message, deliveryCount)
        return
      } catch (error) {
        this.logger.error('A message failed.', error, { ...ids, deliveryCount })
        if (deliveryCount < DELIVERIES_AT_MOST) await sleep(this.pauseMs * deliveryCount)
      }
    }
    this.logger.error('A message was given up.', new Error('three deliveries failed'), ids)
  }
}
