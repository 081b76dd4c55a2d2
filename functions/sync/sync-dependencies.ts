import type { Integration } from '../../shared/integrations/integration.ts'
import type { Sync, SyncProgress } from '../../shared/integrations/sync.ts'
import type { KeyReader } from '../../shared/ports/key-store.ts'
import type { Logger } from '../../shared/ports/logger.ts'
import type { OpenOrganization } from '../../shared/providers/open-organization.ts'
import type { SyncQueue } from '../../shared/ports/sync-queue.ts'
import type { AcceptanceRepository } from '../../shared/storage/acceptances.ts'
import type { IntegrationRepository } from '../../shared/storage/integrations.ts'
import type { OutcomeRepository } from '../../shared/storage/outcomes.ts'
import type { RecordRepository } from '../../shared/storage/records.ts'
import type { SnapshotRepository } from '../../shared/storage/snapshots.ts'
import type { SyncRepository } from '../../shared/storage/syncs.ts'

/** The dependencies of a sync run. */
export interface SyncDependencies {
  readonly integrations: IntegrationRepository
  readonly syncs: SyncRepository
  readonly snapshots: SnapshotRepository
  readonly records: RecordRepository
  readonly acceptances: AcceptanceRepository
  readonly outcomes: OutcomeRepository
  readonly keys: KeyReader
  readonly queue: SyncQueue
  readonly openOrganization: OpenOrganization
  readonly now: () => Date
  readonly windowDays: number
  /** The optional data sets to read. */
  readonly optionalDataSets: readonly string[]
  /** How long removed people are kept, in days. */
  readonly keepRemovedDays: number
  /** Longer than the function's timeout, shorter than the queue's visibility timeout. */
  readonly leaseMs: number
  readonly logger: Logger
  /** Calls a function regularly, until the one that it returns is called. Default: never, which tests need. */
  readonly repeat?: ((everyMs: number, call: () => void) => () => void) | undefined
  /** Called with every change of the sync, for a terminal. */
  readonly onProgress?: (integration: Pick<Integration, 'id' | 'provider'>, sync: Sync, progress?: SyncProgress) => void
}
