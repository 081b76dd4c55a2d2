import { type AnyListItems, unreadPartsOf } from '../../shared/data-sets/by-list.ts'
import type { DayTable } from '../../shared/data-sets/day-series/day-table.ts'
import { DAY_SERIES } from '../../shared/data-sets/registry.ts'
import type { Snapshot } from '../../shared/data-sets/snapshot.ts'
import { summaryOf } from '../../shared/data-sets/summary/summary.ts'
import { daysOfSpan } from '../../shared/domain/window.ts'
import { isRecorded, type SnapshotPointer } from '../../shared/integrations/integration.ts'
import { comparedOf } from '../../shared/integrations/same-organization.ts'
import { unreadPartsFrom } from '../../shared/integrations/sync.ts'
import { spanOf, type SyncResult } from '../../shared/integrations/sync-outcome.ts'
import { isRequired } from '../../shared/providers/find-provider.ts'
import { generationOf, splitGeneration, SUMMARY } from '../../shared/storage/generation.ts'
import { changesOf, type Comparison, dataAfter } from './compare-reading.ts'
import { type OrganizationReading, resultsOf } from './read-organization.ts'
import type { Run } from './run.ts'
import type { SyncDependencies } from './sync-dependencies.ts'

/** The content of an optional data set cannot be stored. */
class UnstorableDataSetError extends Error {
  readonly dataSet: string

  constructor(dataSet: string, cause: unknown) {
    super(`The data set ${dataSet} cannot be stored.`, { cause })
    this.name = 'UnstorableDataSetError'
    this.dataSet = dataSet
  }
}

/** As `writeAll`, but an optional data set that cannot be stored counts as not read, and the others are published. */
export async function writeSnapshots(
  run: Run,
  comparison: Comparison,
  reading: OrganizationReading,
  counted: Pick<SyncResult, 'removedUsers'>,
  dependencies: SyncDependencies,
): Promise<SyncResult> {
  try {
    return await writeAll(run, comparison, reading, counted, dependencies)
  } catch (error) {
    if (!(error instanceof UnstorableDataSetError)) throw error
    const { dataSet } = error
    dependencies.logger.error('An optional data set could not be stored.', error, { syncId: run.syncId, dataSet })
    const series = new Map([...reading.series].filter(([id]) => id !== dataSet))
    const lists = new Map([...reading.lists].filter(([id]) => id !== dataSet))
    const problems = new Map([...reading.problems, [dataSet, 'internal_error' as const]])
    const others = { ...reading, series, lists, problems }
    const { before, after } = comparison
    return writeSnapshots(
      run,
      { before, after: dataAfter(before, after.people, others) },
      others,
      counted,
      dependencies,
    )
  }
}

/**
 * Writes the snapshots of the data sets that differ from what is published, without publishing them. Returns what there is to
 * publish. Before a first sync publishes, its first people are in the record, where another integration's first sync finds them.
 */
async function writeAll(
  run: Run,
  { before, after }: Comparison,
  reading: OrganizationReading,
  { removedUsers }: Pick<SyncResult, 'removedUsers'>,
  dependencies: SyncDependencies,
): Promise<SyncResult> {
  const changed = changesOf(before, after)
  const { published } = run.integration
  const isUnchanged = (id: string) => published?.dataSets[id] !== undefined && changed.get(id) === 0
  const lists: AnyListItems = after.lists
  const read = ['directory', ...reading.series.keys(), ...reading.lists.keys()]
  const nameOf = (id: string) => generationOf(id, `${run.syncId}.${run.attempt}`)
  const isAllUnchanged = [...changed.values()].every((count) => count === 0)
  const keptSummary = isAllUnchanged && haveSameWindows(before, after) ? published?.summary : undefined
  const written = read.filter((id) => !isUnchanged(id))
  await announceWriting(run, reading, [...written, ...(keptSummary === undefined ? [SUMMARY] : [])].map(nameOf))
  if (published === null) await writeFirstPeople(run, after, reading, dependencies)
  const snapshots: Record<string, SyncResult['snapshots'][string]> = {}
  for (const id of read) {
    const { table, missing = [] } = reading.series.get(id) ?? {}
    const digest = reading.digests.get(id) ?? null
    const kept = isUnchanged(id) ? published?.dataSets[id] : undefined
    const content = table ?? lists[id] ?? after.people
    const pointer = kept ?? (await writeSnapshot(run, nameOf(id), content, dependencies))
    const covered = reading.lists.get(id)?.covered
    const window = table?.window ?? (covered === undefined ? reading.window : daysOfSpan(covered))
    const unread = unreadPartsFrom(unreadPartsOf(id, lists[id] ?? []))
    const snapshot = { generation: pointer.generation, parts: pointer.parts, digest, window, unread, covered }
    snapshots[id] = missing.length === 0 ? snapshot : { ...snapshot, missing }
  }
  return {
    snapshot: after,
    snapshots,
    summary: keptSummary ?? (await writeSummary(run, nameOf(SUMMARY), after, dependencies)),
    dataSets: resultsOf(reading, { changed, isUnchanged }),
    removedUsers,
    leavesWork: !isAllUnchanged || !isRecorded(run.integration) || run.integration.unpublishedGenerations.length > 0,
  }
}

/** Records in the integration what is about to be written, so a run after a crash compares and deletes. */
async function announceWriting(
  run: Run,
  { window, series }: OrganizationReading,
  generations: readonly string[],
): Promise<void> {
  if (generations.length === 0) return
  const windows = [...series.values()].map(({ table }) => table.window)
  run.checkLease()
  await run.update((current) => ({
    ...current,
    record:
      current.published === null
        ? { syncId: null, window: windows.reduce(spanOf, spanOf(current.record?.window ?? null, window)) }
        : current.record,
    unpublishedGenerations: [...new Set([...current.unpublishedGenerations, ...generations])],
  }))
}

async function writeFirstPeople(
  run: Run,
  { people }: Snapshot,
  { listed }: OrganizationReading,
  { records }: SyncDependencies,
): Promise<void> {
  const first = new Set(comparedOf(listed).map(({ userId }) => userId))
  const changes = people.filter(({ userId }) => first.has(userId)).map((put) => ({ put }))
  await records.writeUsers(run.integration.id, changes, run.checkLease)
}

/** The same data can lack different days. */
function haveSameWindows(before: Snapshot | null, { series }: Snapshot): boolean {
  return DAY_SERIES.every(({ id }) => {
    const [earlier, { window }] = [before?.series[id].window, series[id]]
    return earlier?.from === window.from && earlier.to === window.to
  })
}

async function writeSummary(
  { integration: { id }, checkLease }: Run,
  generation: string,
  after: Snapshot,
  { snapshots }: SyncDependencies,
): Promise<SnapshotPointer> {
  return { generation, parts: await snapshots.writeSummary(id, generation, summaryOf(after), checkLease) }
}

async function writeSnapshot(
  run: Run,
  generation: string,
  content: DayTable | readonly unknown[],
  { snapshots }: SyncDependencies,
): Promise<SnapshotPointer> {
  const { id, provider } = run.integration
  const { checkLease } = run
  try {
    const parts =
      'rows' in content
        ? await snapshots.writeTable(id, generation, content, checkLease)
        : await snapshots.writeItems(id, generation, content, checkLease)
    return { generation, parts }
  } catch (error) {
    const { dataSet } = splitGeneration(generation)
    // An entry is too large for a part.
    const isLeftOut = error instanceof RangeError && !isRequired(provider, dataSet)
    throw isLeftOut ? new UnstorableDataSetError(dataSet, error) : error
  }
}
