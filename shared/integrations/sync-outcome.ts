import type { DirectoryRules } from '../data-sets/directory/directory-rules.ts'
import { inferCompanyDomains } from '../data-sets/directory/inferred-domains.ts'
import {
  type Integration,
  isRecordBehind,
  type Published,
  type PublishedDataSet,
  publishedGenerations,
  type SnapshotPointer,
} from './integration.ts'
import { countSeats } from '../data-sets/directory/licenses-view.ts'
import { needsAction, type SyncProblem } from '../domain/problem.ts'
import type { Snapshot } from '../data-sets/snapshot.ts'
import { problemsIn, type Sync } from './sync.ts'
import type { Window } from '../domain/window.ts'

/** Identifies one run of one sync. */
export interface RunId {
  readonly syncId: string
  readonly attempt: number
}

/** True while this run holds the slot: it was not resumed, replaced or deleted. */
export function isHeldBy(integration: Integration, run: RunId): boolean {
  return (
    integration.lifecycle === 'visible' &&
    integration.lastSync?.id === run.syncId &&
    integration.lease?.attempt === run.attempt
  )
}

/** The result of a successful reading. */
export interface SyncResult {
  /** All data as it is with this reading: of data sets that were not read, as published before. */
  readonly snapshot: Snapshot
  /** The snapshots of the data sets that were read, by id. */
  readonly snapshots: Readonly<Record<string, Omit<PublishedDataSet, 'syncId' | 'syncedAt'>>>
  readonly summary: SnapshotPointer
  readonly dataSets: Sync['dataSets']
  readonly removedUsers: number
  /** False when the record, which equaled what was published before, also equals this reading, and nothing is to be deleted. */
  readonly leavesWork: boolean
}

/**
 * Publishes a reading. Pointers, counts, ended sync and cleared problem are one value, so one write saves them. The caller has
 * checked with `isHeldBy` that the run holds the slot. The run keeps its lease while it writes the record.
 */
export function publishResult(
  integration: Integration,
  sync: Sync,
  result: SyncResult,
  { now, rules }: { readonly now: Date; readonly rules: DirectoryRules },
): Integration {
  const at = now.toISOString()
  const { removedUsers, dataSets, summary } = result
  const { record } = integration
  const dataSetsPublished = publishedDataSets(integration, result, { syncId: sync.id, syncedAt: at })
  const published = { dataSets: dataSetsPublished, summary, ...seatsOf(integration, result.snapshot, rules) }
  return {
    ...integration,
    problem: null,
    dataSetProblems: problemsIn({ dataSets }),
    lastSync: { ...endOf(sync, at), state: 'succeeded', removedUsers, dataSets },
    lease: result.leavesWork ? integration.lease : null,
    published,
    unpublishedGenerations: unpublishedAfter(integration, published),
    record: result.leavesWork
      ? { syncId: null, window: spanOf(record?.window ?? null, windowOf(dataSetsPublished)) }
      : { syncId: sync.id, window: windowOf(dataSetsPublished) },
    implausible: null,
  }
}

/** A data set that was not read keeps its last reading. One that is not read any more is left out. */
function publishedDataSets(
  { published }: Integration,
  { snapshots, dataSets }: SyncResult,
  by: Pick<PublishedDataSet, 'syncId' | 'syncedAt'>,
): Published['dataSets'] {
  const pointers = Object.keys(dataSets).flatMap((id) => {
    const snapshot = snapshots[id]
    const pointer = snapshot === undefined ? published?.dataSets[id] : { ...by, ...snapshot }
    return pointer === undefined ? [] : [[id, pointer] as const]
  })
  const { directory, ...others } = Object.fromEntries(pointers)
  if (directory === undefined) throw new Error('The directory was not read.')
  return { directory, ...others }
}

/** Generations that were announced or replaced, and are not published now. */
function unpublishedAfter({ unpublishedGenerations, published: before }: Integration, after: Published): string[] {
  const published = new Set(publishedGenerations(after))
  const known = new Set([...publishedGenerations(before), ...unpublishedGenerations])
  return [...known].filter((generation) => !published.has(generation))
}

function seatsOf(integration: Integration, snapshot: Snapshot, rules: DirectoryRules) {
  const inferredDomains = inferCompanyDomains(snapshot.people, rules)
  const companyDomains = integration.companyDomains.length > 0 ? integration.companyDomains : inferredDomains
  return { counts: countSeats(snapshot, companyDomains, rules), inferredDomains }
}

/** The days of all data sets. */
function windowOf(dataSets: Published['dataSets']): Window {
  return Object.values(dataSets).reduce(
    (span, dataSet) => spanOf(dataSet?.window ?? null, span),
    dataSets.directory.window,
  )
}

/** Without the generations that were deleted. While late writes are possible, they have to be deleted again. */
export function withoutGenerations(integration: Integration, deleted: readonly string[], deletedAt: Date): Integration {
  if (isInDoubt(integration, deletedAt)) return integration
  const { unpublishedGenerations } = integration
  return {
    ...integration,
    unpublishedGenerations: unpublishedGenerations.filter((generation) => !deleted.includes(generation)),
  }
}

function isInDoubt({ lateWritesUntil }: Integration, at: Date): boolean {
  return lateWritesUntil !== null && at.getTime() < Date.parse(lateWritesUntil)
}

/** What a run has written after publishing. */
export interface RecordResult {
  /** When it began to read the items that it compared with. */
  readonly comparedAt: Date
  readonly deletedGenerations: readonly string[]
}

/**
 * Ends a run whose record equals what is published. If late writes of an earlier run were possible after the comparison, the
 * record stays in doubt, and the next run compares and deletes again.
 */
export function recordWritten(integration: Integration, { comparedAt, deletedGenerations }: RecordResult): Integration {
  const { published, record } = integration
  if (published === null || record === null || isInDoubt(integration, comparedAt)) {
    return { ...integration, lease: null, record: record && { ...record, syncId: null } }
  }
  const { dataSets } = published
  return {
    ...withoutGenerations(integration, deletedGenerations, comparedAt),
    lease: null,
    record: { syncId: dataSets.directory.syncId, window: windowOf(dataSets) },
    lateWritesUntil: null,
  }
}

/** The result of a failed run. */
export interface SyncFailure {
  readonly problem: SyncProblem
  /** What was read nevertheless, and what not. Default: the provider was not asked for data. */
  readonly dataSets?: Sync['dataSets']
  /** The version of the key used. A failure with an outdated key sets no problem. */
  readonly keyVersion: number
  /** Set when the listing was rejected as implausible. */
  readonly implausible?: Integration['implausible']
}

/**
 * Ends a sync as failed. Only a failure that needs user action sets the integration's problem. Transient failures leave
 * it unchanged. The run keeps its lease when an earlier one left the record behind what is published, and repairs that.
 */
export function recordFailure(integration: Integration, sync: Sync, failure: SyncFailure, now: Date): Integration {
  const at = now.toISOString()
  const { problem, dataSets = {} } = failure
  const isOutdated = failure.keyVersion < integration.keyVersion
  const asks = needsAction(problem.code) && !isOutdated
  const since = integration.problem?.code === problem.code ? integration.problem.since : at
  return {
    ...integration,
    problem: asks ? { ...problem, since } : integration.problem,
    dataSetProblems: isOutdated ? integration.dataSetProblems : problemsAfter(integration, dataSets),
    lastSync: { ...endOf(sync, at), state: 'failed', problem, dataSets },
    lease: isRecordBehind(integration) ? integration.lease : null,
    implausible: failure.implausible ?? integration.implausible,
  }
}

function problemsAfter({ dataSetProblems }: Integration, tried: Sync['dataSets']): Integration['dataSetProblems'] {
  const untried = Object.entries(dataSetProblems).filter(([id]) => tried[id] === undefined)
  return { ...Object.fromEntries(untried), ...problemsIn({ dataSets: tried }) }
}

function endOf(sync: Sync, at: string): Sync {
  return { ...sync, finishedAt: at, problem: null }
}

/** The smallest window that contains both. */
export function spanOf(left: Window | null, right: Window): Window {
  if (left === null) return right
  return { from: left.from < right.from ? left.from : right.from, to: left.to > right.to ? left.to : right.to }
}
