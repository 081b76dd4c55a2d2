import { type PersonChange, personChanges, type UserDayChange, userDayChanges } from '../../shared/data-sets/changes.ts'
import type { Integration } from '../../shared/integrations/integration.ts'
import type { Snapshot } from '../../shared/data-sets/snapshot.ts'
import { spanOf, type SyncResult } from '../../shared/integrations/sync-outcome.ts'
import type { SyncCounts } from '../../shared/integrations/sync.ts'
import type { OrganizationReading } from './read-organization.ts'
import type { Run } from './run.ts'
import type { SyncDependencies } from './sync-dependencies.ts'

/** What is in the table before a run writes: as published, and as the record has it after a run that was killed. */
export interface Stored {
  readonly published: Snapshot | null
  readonly record: Snapshot | null
  /** When the reading of it began. */
  readonly readAt: Date
}

/**
 * Reads what is stored. Usage that has the digest of what the provider says now is not read again: it is the same. The record
 * itself is read only when a killed run may have left it half written.
 */
export async function readStored(
  integration: Integration,
  reading: OrganizationReading,
  dependencies: SyncDependencies,
): Promise<Stored> {
  const readAt = dependencies.now()
  const { id, published: pointer, dirtyWindow } = integration
  const { snapshots } = dependencies
  if (pointer !== null && dirtyWindow === null && pointer.usageDigest === reading.usageDigest) {
    const people = await snapshots.readPeople(id, pointer.generation, pointer.peopleParts)
    const published = { people, usage: reading.usage.table }
    return { published, record: published, readAt }
  }
  const published =
    pointer === null ? null : await snapshots.readSnapshot(id, pointer.generation, pointer.parts, pointer.window)
  if (dirtyWindow === null) return { published, record: published, readAt }
  return { published, record: await dependencies.records.readRecord(id, dirtyWindow), readAt }
}

/**
 * Writes what changed into the record, and a new snapshot if anything did, without publishing it. A run that finds
 * nothing new writes neither and gives the published generation again.
 */
export async function saveReading(
  run: Run,
  stored: Stored,
  next: { snapshot: Snapshot; usageDigest: string; removedUsers: number; read: SyncCounts },
  dependencies: SyncDependencies,
): Promise<SyncResult> {
  const deletedGenerations = await deleteOldGenerations(run, dependencies)
  const result = { ...next, deletedGenerations, comparedAt: stored.readAt }
  const { published } = run.integration
  const changes = changesOf(stored.record, next.snapshot)
  if (published !== null && isEmpty(changes) && isAllPublished(stored, next.snapshot)) {
    const { generation, parts, peopleParts } = published
    // A snapshot from before there were digests has its people among their usage: it gets none.
    const usageDigest = published.usageDigest === null ? null : next.usageDigest
    return { ...result, usageDigest, generation, parts, peopleParts, written: { users: 0, usageRows: 0 } }
  }
  const generation = `${run.syncId}.${run.attempt}`
  await announceWriting(run, generation, next.snapshot)
  const written = await writeRecord(run, changes, dependencies)
  const { snapshots } = dependencies
  const parts = await snapshots.writeSnapshot(run.integration.id, generation, next.snapshot, run.checkLease)
  return { ...result, generation, ...parts, written }
}

/** What turns a record into what was read. Usage is compared while it is drawn: it can be more than memory should hold. */
interface Changes {
  readonly people: readonly PersonChange[]
  readonly usage: () => Generator<UserDayChange>
}

function changesOf(record: Snapshot | null, next: Snapshot): Changes {
  return {
    people: [...personChanges(record?.people ?? [], next.people)],
    usage: () => userDayChanges(record?.usage ?? null, next.usage),
  }
}

function isEmpty({ people, usage }: Changes): boolean {
  return people.length === 0 && usage().next().done === true
}

/**
 * A run that was killed between the record and its snapshot leaves a record that has everything already, beside a published
 * snapshot that does not: both must equal what was read.
 */
function isAllPublished({ published, record }: Stored, next: Snapshot): boolean {
  return record === published || isEmpty(changesOf(published, next))
}

/** Says in the integration what is about to be written, so that whoever comes after a kill compares and cleans up. */
async function announceWriting(run: Run, generation: string, next: Snapshot): Promise<void> {
  run.checkLease()
  await run.update((current) => ({
    ...current,
    dirtyWindow: spanOf(spanOf(current.dirtyWindow, current.published?.window ?? next.usage.window), next.usage.window),
    generations: [...new Set([...current.generations, generation])],
  }))
}

async function writeRecord(run: Run, changes: Changes, { records }: SyncDependencies): Promise<SyncCounts> {
  const { id } = run.integration
  const { checkLease } = run
  const users = await records.writeUsers(id, changes.people, checkLease)
  const onWritten = (done: number) => run.reportProgress({ phase: 'saving', done: users + done, total: null })
  const usageRows = await records.writeUsage(id, changes.usage(), onWritten, checkLease)
  return { users, usageRows }
}

/** Removes snapshots that are published no longer, left by earlier syncs or by runs that were killed. */
async function deleteOldGenerations(run: Run, dependencies: SyncDependencies): Promise<readonly string[]> {
  const { id, generations, published } = run.integration
  const old = generations.filter((generation) => generation !== published?.generation)
  for (const generation of old) {
    run.checkLease()
    await dependencies.snapshots.deleteSnapshot(id, generation)
  }
  return old
}
