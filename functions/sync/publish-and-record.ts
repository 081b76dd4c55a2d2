import { keys } from '../../shared/data-sets/keys/keys.ts'
import type { Snapshot } from '../../shared/data-sets/snapshot.ts'
import { publishResult, type SyncResult } from '../../shared/integrations/sync-outcome.ts'
import { providerOf } from '../../shared/providers/find-provider.ts'
import type { StoredOutcome } from '../../shared/storage/outcomes.ts'
import type { Run } from './run.ts'
import { outcomesBy } from './store-outcomes.ts'
import type { SyncDependencies } from './sync-dependencies.ts'
import { writeRecord } from './write-record.ts'

/** What a run publishes. */
interface Publication {
  /** What was published before. Null before the first sync. */
  readonly before: Snapshot | null
  readonly result: SyncResult
  /** The id that the provider reports of the organization, if any. */
  readonly organizationId: string | null
}

/**
 * Publishes a reading in one write, which ends the sync, and then writes what follows from it: the record, and what became of the removals
 * that reviews decided. A review may have been completed since the sync before, so these are read also when no data changed.
 */
export async function publishAndRecord(
  run: Run,
  { before, result, organizationId }: Publication,
  dependencies: SyncDependencies,
): Promise<void> {
  const { directory: rules } = providerOf(run.integration.provider)
  const outcomes = await dependencies.outcomes.listOutcomesOf(run.integration.id)
  const now = dependencies.now()
  const leavesWork = result.leavesWork || changesAny(outcomes, { syncId: run.syncId, at: now.toISOString(), result })
  run.checkLease()
  const published = await run.update((current, sync) =>
    publishResult(
      { ...current, organizationId: current.organizationId ?? organizationId },
      sync,
      { ...result, leavesWork },
      { now, rules },
    ),
  )
  run.announce(published)
  if (leavesWork) await writeRecord(run, published, { before, after: result.snapshot, outcomes }, dependencies)
}

function changesAny(
  outcomes: readonly StoredOutcome[],
  { syncId, at, result }: { readonly syncId: string; readonly at: string; readonly result: SyncResult },
): boolean {
  const { snapshot, snapshots } = result
  const judge = outcomesBy({ snapshot, areKeysRead: snapshots[keys.id] !== undefined, syncId, at })
  return outcomes.some((outcome) => judge(outcome) !== undefined)
}
