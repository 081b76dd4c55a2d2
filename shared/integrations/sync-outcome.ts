import type { DirectoryRules } from '../data-sets/directory/directory-rules.ts'
import { inferCompanyDomains } from '../data-sets/directory/inferred-domains.ts'
import type { Integration, Published } from './integration.ts'
import { countSeats } from '../data-sets/directory/licenses-view.ts'
import { needsAction, type Problem, type SyncProblemCode } from '../domain/problem.ts'
import type { Snapshot } from '../data-sets/snapshot.ts'
import type { Sync, SyncCounts } from './sync.ts'
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
    integration.lastSync.state === 'running' &&
    integration.lease?.attempt === run.attempt
  )
}

/** The result of a successful run. */
export interface SyncResult {
  readonly snapshot: Snapshot
  readonly generation: string
  readonly parts: number
  readonly peopleParts: number
  readonly digests: Published['digests']
  readonly read: SyncCounts
  readonly written: SyncCounts
  readonly removedUsers: number
  /** Generations whose parts this run has deleted. */
  readonly deletedGenerations: readonly string[]
  /** When this run began to read the stored data that it compared with. */
  readonly comparedAt: Date
}

/**
 * Publishes a run's result. Pointer, counts, ended sync and cleared problem are one value, so one write saves them. The
 * caller has checked with `isHeldBy` that the run holds the slot. If late writes of an earlier run were possible after
 * the comparison, the record stays dirty, and the next run compares and deletes again.
 */
export function publishResult(
  integration: Integration,
  sync: Sync,
  result: SyncResult,
  { now, rules }: { readonly now: Date; readonly rules: DirectoryRules },
): Integration {
  const at = now.toISOString()
  const { lateWritesUntil, dirtyWindow } = integration
  const isInDoubt = lateWritesUntil !== null && result.comparedAt.getTime() < Date.parse(lateWritesUntil)
  const generations = [...new Set([...integration.generations, result.generation])]
  return {
    ...integration,
    problem: null,
    lastSync: {
      ...endOf(sync, at),
      state: 'succeeded',
      read: result.read,
      written: result.written,
      removedUsers: result.removedUsers,
    },
    lease: null,
    published: { ...pointerOf(result), syncId: sync.id, syncedAt: at, ...seatsOf(integration, result.snapshot, rules) },
    generations: isInDoubt
      ? generations
      : generations.filter((generation) => !result.deletedGenerations.includes(generation)),
    dirtyWindow: isInDoubt ? dirtyWindow : null,
    lateWritesUntil: isInDoubt ? lateWritesUntil : null,
    implausible: null,
  }
}

function pointerOf({ snapshot, generation, parts, peopleParts, digests }: SyncResult) {
  return { window: snapshot.series.usage.window, generation, parts, peopleParts, digests }
}

function seatsOf(integration: Integration, snapshot: Snapshot, rules: DirectoryRules) {
  const inferredDomains = inferCompanyDomains(snapshot.people, rules)
  const companyDomains = integration.companyDomains.length > 0 ? integration.companyDomains : inferredDomains
  return { counts: countSeats(snapshot, companyDomains, rules), inferredDomains }
}

/** The result of a failed run. */
export interface SyncFailure {
  readonly problem: Problem<SyncProblemCode>
  readonly read: SyncCounts
  readonly written: SyncCounts
  /** The version of the key used. A failure with an outdated key sets no problem. */
  readonly keyVersion: number
  /** Set when the listing was rejected as implausible. */
  readonly implausible?: Integration['implausible']
}

/**
 * Ends a run as failed. Only a failure that needs user action sets the integration's problem. Transient failures leave
 * it unchanged.
 */
export function recordFailure(integration: Integration, sync: Sync, failure: SyncFailure, now: Date): Integration {
  const at = now.toISOString()
  const { problem } = failure
  const asks = needsAction(problem.code) && failure.keyVersion >= integration.keyVersion
  const since = integration.problem?.code === problem.code ? integration.problem.since : at
  return {
    ...integration,
    problem: asks ? { ...problem, since } : integration.problem,
    lastSync: { ...endOf(sync, at), state: 'failed', problem, read: failure.read, written: failure.written },
    lease: null,
    implausible: failure.implausible ?? integration.implausible,
  }
}

function endOf(sync: Sync, at: string): Sync {
  return { ...sync, finishedAt: at, progress: null, problem: null }
}

/** The smallest window that contains both. */
export function spanOf(left: Window | null, right: Window): Window {
  if (left === null) return right
  return { from: left.from < right.from ? left.from : right.from, to: left.to > right.to ? left.to : right.to }
}
