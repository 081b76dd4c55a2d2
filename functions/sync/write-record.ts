import { personDayChanges } from '../../shared/data-sets/day-series/changes.ts'
import { directory } from '../../shared/data-sets/directory/directory.ts'
import { listChanges } from '../../shared/data-sets/list-changes.ts'
import { DAY_SERIES } from '../../shared/data-sets/registry.ts'
import type { RecordedData, Snapshot } from '../../shared/data-sets/snapshot.ts'
import { type Integration, isRecorded } from '../../shared/integrations/integration.ts'
import { recordWritten, withoutGenerations } from '../../shared/integrations/sync-outcome.ts'
import type { StoredOutcome } from '../../shared/storage/outcomes.ts'
import type { Comparison } from './compare-reading.ts'
import type { Run } from './run.ts'
import { storeOutcomes } from './store-outcomes.ts'
import type { SyncDependencies } from './sync-dependencies.ts'

/** What a run has just published, beside what was published before, and the outcomes of removals as they were stored then. */
export interface PublishedComparison extends Comparison {
  readonly outcomes: readonly StoredOutcome[]
}

/**
 * Stores what the published reading says about removals, makes the record equal to it, and deletes snapshots that nobody reads. The record
 * is only read when it does not equal what was published before, after a run that was killed. `comparison` is null when this run has read
 * nothing.
 */
export async function writeRecord(
  run: Run,
  published: Integration,
  comparison: PublishedComparison | null,
  dependencies: SyncDependencies,
): Promise<void> {
  const { record: recordBefore } = run.integration
  const isKnown = comparison !== null && (recordBefore === null || isRecorded(run.integration))
  const comparedAt = isKnown ? run.startedAt : dependencies.now()
  const before = isKnown ? comparison.before : await readRecord(published, dependencies)
  const after = comparison?.after ?? (await readPublished(published, dependencies))
  const outcomes = comparison?.outcomes ?? (await dependencies.outcomes.listOutcomesOf(published.id))
  const write = async () => {
    await storeOutcomes(run, outcomes, { published: published.published, snapshot: after }, dependencies)
    await writeChanges(run, before, after, dependencies)
  }
  const failure = await write().catch((error: unknown) => ({ error }))
  // Also when the record cannot be written: else snapshots would pile up.
  const deletedGenerations = await deleteOldGenerations(run, dependencies)
  run.checkLease()
  await run.update((current) =>
    failure === undefined
      ? recordWritten(current, { comparedAt, deletedGenerations })
      : withoutGenerations(current, deletedGenerations, comparedAt),
  )
  if (failure !== undefined) throw failure.error
}

async function readRecord({ id, record }: Integration, { records }: SyncDependencies): Promise<RecordedData | null> {
  return record === null ? null : records.readRecord(id, record.window)
}

async function readPublished({ id, published }: Integration, { snapshots }: SyncDependencies): Promise<Snapshot> {
  if (published === null) throw new Error('Nothing is published.')
  return snapshots.readSnapshot(id, published)
}

async function writeChanges(
  run: Run,
  before: RecordedData | null,
  after: RecordedData,
  { records }: SyncDependencies,
): Promise<void> {
  const { id } = run.integration
  const { checkLease } = run
  await records.writeUsers(id, listChanges(directory, before?.people ?? [], after.people), checkLease)
  for (const series of DAY_SERIES) {
    const changes = personDayChanges(before?.series[series.id] ?? null, after.series[series.id])
    await records.writeDays(id, series.id, changes, checkLease)
  }
}

/**
 * Deletes the snapshots that nobody reads any more: those that were replaced before this run, and those of runs that were
 * killed. What this run replaced stays for readers that have its pointer. Returns those that were deleted; one that could not
 * be is deleted by a later run.
 */
async function deleteOldGenerations(run: Run, { snapshots, logger }: SyncDependencies): Promise<readonly string[]> {
  const { id } = run.integration
  const deleted: string[] = []
  for (const generation of run.integration.unpublishedGenerations) {
    run.checkLease()
    try {
      await snapshots.deleteSnapshot(id, generation)
      deleted.push(generation)
    } catch (error) {
      logger.error('An old snapshot could not be deleted.', error, { integrationId: id, syncId: run.syncId })
    }
  }
  return deleted
}
