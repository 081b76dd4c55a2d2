import { isDeepStrictEqual } from 'node:util'
import { bySeries, type BySeries, tablesBySeries } from '../../shared/data-sets/by-series.ts'
import { type PersonDayChange, personDayChanges } from '../../shared/data-sets/day-series/changes.ts'
import { type PersonChange, personChanges } from '../../shared/data-sets/directory/person-changes.ts'
import { DAY_SERIES } from '../../shared/data-sets/registry.ts'
import type { Integration } from '../../shared/integrations/integration.ts'
import type { Snapshot } from '../../shared/data-sets/snapshot.ts'
import { spanOf, type SyncResult } from '../../shared/integrations/sync-outcome.ts'
import { NOTHING_COUNTED, type SyncCounts, syncCounts } from '../../shared/integrations/sync.ts'
import type { OrganizationReading } from './read-organization.ts'
import type { Run } from './run.ts'
import type { SyncDependencies } from './sync-dependencies.ts'

/** What is in the table before a run writes: as published, and as the record has it after a run that was killed. */
export interface Stored {
  readonly published: Snapshot | null
  readonly record: Snapshot | null
  /** When reading it began. */
  readonly readAt: Date
}

/**
 * Reads the stored data. Series with the digests of the new reading are unchanged and not read. The record is only read when a
 * crashed run may have written it partly.
 */
export async function readStored(
  integration: Integration,
  reading: OrganizationReading,
  dependencies: SyncDependencies,
): Promise<Stored> {
  const readAt = dependencies.now()
  const { id, published: pointer, dirtyWindow } = integration
  const { snapshots } = dependencies
  if (pointer !== null && dirtyWindow === null && isDeepStrictEqual(pointer.digests, reading.digests)) {
    const people = await snapshots.readPeople(id, pointer.generation, pointer.peopleParts)
    const published = { people, series: tablesBySeries((series) => reading.series[series.id].table) }
    return { published, record: published, readAt }
  }
  const published =
    pointer === null ? null : await snapshots.readSnapshot(id, pointer.generation, pointer.parts, pointer.window)
  if (dirtyWindow === null) return { published, record: published, readAt }
  return { published, record: await dependencies.records.readRecord(id, dirtyWindow), readAt }
}

/**
 * Writes changes to the record and, if there are any, a new snapshot, without publishing it. A run without changes writes
 * neither and returns the published generation.
 */
export async function saveReading(
  run: Run,
  stored: Stored,
  next: { snapshot: Snapshot; digests: BySeries<string>; removedUsers: number; read: SyncCounts },
  dependencies: SyncDependencies,
): Promise<SyncResult> {
  const deletedGenerations = await deleteOldGenerations(run, dependencies)
  const result = { ...next, deletedGenerations, comparedAt: stored.readAt }
  const { published } = run.integration
  const changes = changesOf(stored.record, next.snapshot)
  if (published !== null && isEmpty(changes) && isAllPublished(stored, next.snapshot)) {
    const { generation, parts, peopleParts } = published
    return { ...result, generation, parts, peopleParts, written: NOTHING_COUNTED }
  }
  const generation = `${run.syncId}.${run.attempt}`
  await announceWriting(run, generation, next.snapshot)
  const written = await writeRecord(run, changes, dependencies)
  const { snapshots } = dependencies
  const parts = await snapshots.writeSnapshot(run.integration.id, generation, next.snapshot, run.checkLease)
  return { ...result, generation, ...parts, written }
}

/** The changes from the stored record to the reading. Days are compared lazily, because there can be too many for memory. */
interface Changes {
  readonly people: readonly PersonChange[]
  readonly days: BySeries<() => Generator<PersonDayChange>>
}

function changesOf(record: Snapshot | null, next: Snapshot): Changes {
  return {
    people: [...personChanges(record?.people ?? [], next.people)],
    days: bySeries(
      ({ id }) =>
        () =>
          personDayChanges(record?.series[id] ?? null, next.series[id]),
    ),
  }
}

function isEmpty({ people, days }: Changes): boolean {
  return people.length === 0 && Object.values(days).every((changes) => changes().next().done === true)
}

/**
 * A run that crashed between the record and its snapshot leaves a complete record and an older published snapshot. So both
 * must equal the reading.
 */
function isAllPublished({ published, record }: Stored, next: Snapshot): boolean {
  return record === published || isEmpty(changesOf(published, next))
}

/** Records in the integration what is about to be written, so the next run after a crash compares and cleans up. */
async function announceWriting(run: Run, generation: string, next: Snapshot): Promise<void> {
  const { window } = next.series.usage
  run.checkLease()
  await run.update((current) => ({
    ...current,
    dirtyWindow: spanOf(spanOf(current.dirtyWindow, current.published?.window ?? window), window),
    generations: [...new Set([...current.generations, generation])],
  }))
}

async function writeRecord(run: Run, changes: Changes, { records }: SyncDependencies): Promise<SyncCounts> {
  const { id } = run.integration
  const { checkLease } = run
  const users = await records.writeUsers(id, changes.people, checkLease)
  const rows = new Map<string, number>()
  let done = users
  for (const series of DAY_SERIES) {
    const before = done
    const onWritten = (written: number) => run.reportProgress({ phase: 'saving', done: before + written, total: null })
    const written = await records.writeDays(id, series.id, changes.days[series.id](), {
      onWritten,
      checkpoint: checkLease,
    })
    rows.set(series.id, written)
    done += written
  }
  return syncCounts(users, (seriesId) => rows.get(seriesId) ?? 0)
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
