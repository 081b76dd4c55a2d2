import type { Integration } from './integration.ts'
import type { Problem, SyncProblemCode } from '../domain/problem.ts'
import { NOTHING_COUNTED, type Sync, type SyncTrigger } from './sync.ts'

/** A queued sync that never started is given up after this time. */
export const QUEUED_FOR_AT_MOST_MS = 30 * 60_000

/**
 * How long a run's writes may still arrive after it lost its slot. The SDK's retries of a write take up to one and a
 * half minutes, and DynamoDB accepts a signed request for at most fifteen more. The value is twice that, for safety.
 */
export const LATE_WRITES_FOR_AT_MOST_MS = 30 * 60_000

/** The slot is taken: a sync is queued or running. */
export class SyncInProgressError extends Error {
  readonly code = 'sync_in_progress'

  constructor() {
    super('A sync of this integration is already queued or running.')
    this.name = 'SyncInProgressError'
  }
}

const INTERRUPTED: Problem<SyncProblemCode> = {
  code: 'interrupted',
  detail: 'The sync was interrupted before it ended. Its data is not shown; the next sync starts from the beginning.',
}

/** A new sync, before any run. */
export function queuedSync(id: string, trigger: SyncTrigger, now: Date): Sync {
  return {
    id,
    state: 'queued',
    trigger,
    queuedAt: now.toISOString(),
    startedAt: null,
    finishedAt: null,
    progress: null,
    problem: null,
    read: NOTHING_COUNTED,
    written: NOTHING_COUNTED,
    removedUsers: 0,
  }
}

/** True while a sync holds the slot: queued for less than 30 minutes, or running under a valid lease. */
export function isSlotTaken(integration: Integration, now: Date): boolean {
  const { lastSync } = integration
  if (lastSync?.state === 'queued') return now.getTime() - Date.parse(lastSync.queuedAt) < QUEUED_FOR_AT_MOST_MS
  return isRunning(integration, now)
}

/** True while a run may be alive: running under a valid lease. */
export function isRunning({ lastSync, lease }: Integration, now: Date): boolean {
  return lastSync?.state === 'running' && lease !== null && Date.parse(lease.expiresAt) > now.getTime()
}

/**
 * Frees the slot of a run whose lease has expired. The run may be dead or late, so its writes are possible from now on,
 * not from the expiry: a suspended machine can wake up much later with writes to send.
 */
function withoutLapsedRun(integration: Integration, now: Date): Integration {
  const { lastSync, lease } = integration
  const hasLapsed = lastSync?.state === 'running' && lease !== null
  return { ...(hasLapsed ? withLateWrites(integration, now) : integration), lease: null }
}

/** Records that late writes are possible after a run that did not end normally, if it had begun to write. */
export function withLateWrites(integration: Integration, now: Date): Integration {
  if (integration.dirtyWindow === null) return integration
  return { ...integration, lateWritesUntil: new Date(now.getTime() + LATE_WRITES_FOR_AT_MOST_MS).toISOString() }
}

/**
 * Ends a run whose lease has expired as `interrupted`; late writes of it are possible. Undefined when there is no such
 * run.
 */
export function endLapsedRun(integration: Integration, now: Date): Integration | undefined {
  if (integration.lastSync?.state !== 'running' || isRunning(integration, now)) return undefined
  return interruptSync(withoutLapsedRun(integration, now), now)
}

/**
 * Ends a sync as `interrupted` that is still marked as queued or running without a live run. Other syncs stay
 * unchanged.
 */
export function endedOrInterrupted(sync: Sync, now: Date): Sync {
  if (sync.state === 'succeeded' || sync.state === 'failed') return sync
  return { ...sync, state: 'failed', finishedAt: now.toISOString(), progress: null, problem: INTERRUPTED }
}

/** Ends the newest sync as `interrupted`. The caller knows that no run of it is alive. */
export function interruptSync(integration: Integration, now: Date): Integration {
  if (integration.lastSync === null) return integration
  return { ...integration, lastSync: endedOrInterrupted(integration.lastSync, now), lease: null }
}

/** The integration as it should be shown: a queued sync that never started in time is `interrupted`. */
export function withStaleQueueGivenUp(integration: Integration, now: Date): Integration {
  const isGivenUp = integration.lastSync?.state === 'queued' && !isSlotTaken(integration, now)
  return isGivenUp ? interruptSync(integration, now) : integration
}

/** Puts a new `queued` sync into the slot. Throws `SyncInProgressError` when the slot is taken. */
export function queueSync(
  integration: Integration,
  sync: { id: string; trigger: SyncTrigger; now: Date },
): Integration {
  if (isSlotTaken(integration, sync.now)) throw new SyncInProgressError()
  const freed = withoutLapsedRun(integration, sync.now)
  return { ...freed, lastSync: queuedSync(sync.id, sync.trigger, sync.now), waitingSync: null }
}

/**
 * Queues the sync for a new key. It replaces a queued sync. A running sync, which uses the previous key, ends first,
 * and the new one waits.
 */
export function queueKeyChangeSync(integration: Integration, sync: { id: string; now: Date }): Integration {
  const queued = queuedSync(sync.id, 'key_change', sync.now)
  return isRunning(integration, sync.now)
    ? { ...integration, waitingSync: queued }
    : { ...withoutLapsedRun(integration, sync.now), lastSync: queued, waitingSync: null }
}

/** Puts the waiting sync into the slot. Undefined when none waits or the slot is taken. */
export function promoteWaitingSync(integration: Integration, now: Date): Integration | undefined {
  const { waitingSync, lifecycle } = integration
  if (waitingSync === null || lifecycle !== 'visible' || isSlotTaken(integration, now)) return undefined
  return queueSync(integration, { id: waitingSync.id, trigger: waitingSync.trigger, now })
}

/** Why a message is not run. */
export type ClaimRefusal = 'slot_taken' | 'already_ended' | 'not_visible'

/** The integration with the slot claimed for a message, or why the message is dropped. */
export type Claim = { readonly claimed: Integration; readonly resumed: boolean } | { readonly refused: ClaimRefusal }

/**
 * Claims the slot for a message. The message's own queued sync starts. Its own running sync resumes once the lease has
 * expired. A scheduled sync is not queued beforehand, so it needs a free slot and an id later than the newest sync's.
 */
export function claimSync(
  integration: Integration,
  message: { syncId: string; trigger: SyncTrigger },
  clock: { now: Date; leaseMs: number },
): Claim {
  const { lastSync } = integration
  if (integration.lifecycle !== 'visible') return { refused: 'not_visible' }
  if (lastSync?.id === message.syncId) {
    if (lastSync.state === 'succeeded' || lastSync.state === 'failed') return { refused: 'already_ended' }
    if (lastSync.state === 'running' && isSlotTaken(integration, clock.now)) return { refused: 'slot_taken' }
    if (lastSync.state === 'queued' && !isSlotTaken(integration, clock.now)) return { refused: 'already_ended' }
    return { claimed: startRun(integration, lastSync, clock), resumed: lastSync.state === 'running' }
  }
  if (message.trigger !== 'schedule') return { refused: 'already_ended' }
  if (lastSync !== null && message.syncId <= lastSync.id) return { refused: 'already_ended' }
  if (isSlotTaken(integration, clock.now)) return { refused: 'slot_taken' }
  return {
    claimed: startRun(integration, queuedSync(message.syncId, 'schedule', clock.now), clock),
    resumed: false,
  }
}

function startRun(integration: Integration, sync: Sync, clock: { now: Date; leaseMs: number }): Integration {
  const attempt = sync.state === 'running' ? (integration.lease?.attempt ?? 0) + 1 : 1
  return {
    ...withoutLapsedRun(integration, clock.now),
    lastSync: {
      ...sync,
      state: 'running',
      startedAt: sync.startedAt ?? clock.now.toISOString(),
      progress: { phase: 'members', done: 0, total: null },
    },
    lease: {
      expiresAt: new Date(clock.now.getTime() + clock.leaseMs).toISOString(),
      attempt,
    },
    // This run uses the newest key, so no sync needs to wait for its end.
    waitingSync: null,
  }
}
