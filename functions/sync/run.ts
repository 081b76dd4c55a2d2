import type { Integration } from '../../shared/integrations/integration.ts'
import type { Sync, SyncProgress } from '../../shared/integrations/sync.ts'
import { isHeldBy } from '../../shared/integrations/sync-outcome.ts'
import type { SyncDependencies } from './sync-dependencies.ts'

const STOP_BEFORE_LEASE_ENDS_MS = 60_000
/** After reading, a run must still compare, write snapshots and publish. Its record can be written by the next delivery. */
const READING_SHARE = 0.85
export const REPORT_EVERY_MS = 2_000

/** The lease is about to end. The run stops writing, so a run that resumes the sync works alone. */
export class LeaseEndingError extends Error {
  constructor() {
    super('The lease is about to end; the run stopped writing.')
    this.name = 'LeaseEndingError'
  }
}

/** Another run holds the slot now, or the integration is being deleted. This run writes nothing more. */
export class SlotLostError extends Error {
  constructor() {
    super('The run no longer holds the sync slot.')
    this.name = 'SlotLostError'
  }
}

/** One run of one sync. It holds the slot under a lease, and each of its writes to the integration checks that. */
export class Run {
  readonly integration: Integration
  readonly syncId: string
  readonly attempt: number
  private readonly dependencies: SyncDependencies
  private readonly startedMs: number
  private isLost = false
  private reported: { atMs: number; write: Promise<unknown> }

  /** Throws for an integration without a sync. */
  constructor(claimed: Integration, dependencies: SyncDependencies) {
    if (claimed.lastSync === null) throw new Error('The integration has no sync.')
    this.integration = claimed
    this.syncId = claimed.lastSync.id
    this.attempt = claimed.lease?.attempt ?? 1
    this.dependencies = dependencies
    this.startedMs = dependencies.now().getTime()
    this.reported = { atMs: this.startedMs, write: Promise.resolve() }
  }

  /** The time by which the provider must have answered everything. */
  get readingDeadline(): Date {
    const usableMs = this.dependencies.leaseMs - STOP_BEFORE_LEASE_ENDS_MS
    return new Date(this.startedMs + usableMs * READING_SHARE)
  }

  /** True once the time for reading is over. */
  get isReadingOver(): boolean {
    return this.dependencies.now() >= this.readingDeadline
  }

  get startedAt(): Date {
    return new Date(this.startedMs)
  }

  /** How long the run has taken so far, in milliseconds. */
  get durationMs(): number {
    return this.dependencies.now().getTime() - this.startedMs
  }

  /**
   * Throws `LeaseEndingError` from one minute before the lease ends, and `SlotLostError` after a progress report found
   * the slot lost. Called before every write.
   */
  readonly checkLease = (): void => {
    if (this.isLost) throw new SlotLostError()
    if (this.durationMs > this.dependencies.leaseMs - STOP_BEFORE_LEASE_ENDS_MS) throw new LeaseEndingError()
  }

  /** Changes the integration while this run holds the slot. Otherwise throws `SlotLostError`. */
  async update(change: (current: Integration, sync: Sync) => Integration): Promise<Integration> {
    await this.reported.write
    return this.dependencies.integrations.updateIntegration(this.integration.id, (current) => {
      if (!isHeldBy(current, this) || current.lastSync === null) throw new SlotLostError()
      return change(current, current.lastSync)
    })
  }

  /** Notes the progress, at most every two seconds. A failed write is logged and ignored. */
  readonly reportProgress = (progress: SyncProgress): void => {
    const { lastSync } = this.integration
    if (lastSync !== null) this.dependencies.onProgress?.(this.integration, lastSync, progress)
    const nowMs = this.dependencies.now().getTime()
    if (nowMs - this.reported.atMs < REPORT_EVERY_MS) return
    const write = this.reported.write.then(() => this.noteProgress(progress))
    this.reported = { atMs: nowMs, write }
  }

  /** Tells a terminal that the sync has changed. */
  announce(integration: Integration): void {
    if (integration.lastSync !== null) this.dependencies.onProgress?.(integration, integration.lastSync)
  }

  private async noteProgress(progress: SyncProgress): Promise<void> {
    const { integrations, syncs, logger } = this.dependencies
    try {
      const current = await integrations.findIntegration(this.integration.id)
      this.isLost = current === undefined || !isHeldBy(current, this)
      if (!this.isLost) await syncs.putProgress(this.integration.id, this.syncId, progress)
    } catch (error) {
      logger.error('The progress of a sync could not be written.', error, { syncId: this.syncId })
    }
  }
}
