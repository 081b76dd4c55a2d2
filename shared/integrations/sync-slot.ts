import { type Integration, isRecordBehind, isRecorded } from './integration.ts'
import { syncProblem } from '../domain/problem.ts'
import type { Sync, SyncTrigger } from './sync.ts'

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

/** A new sync, before any run. */
export function queuedSync(id: string, trigger: SyncTrigger, now: Date): Sync {
  return {
    id,
    state: 'queued',
    trigger,
    queuedAt: now.toISOString(),
    startedAt: null,
    finishedAt: null,
    problem: null,
    removedUsers: 0,
    dataSets: {},
  }
}

/** True while a sync holds the slot: queued for less than 30 minutes, or with a run that may be alive. */
export function isSlotTaken(integration: Integration, now: Date): boolean {
  return isFreshlyQueued(integration.lastSync, now) || isRunning(integration, now)
}

function isFreshlyQueued(sync: Sync | null, now: Date): boolean {
  return sync?.state === 'queued' && now.getTime() - Date.parse(sync.queuedAt) < QUEUED_FOR_AT_MOST_MS
}

/** True while a run may be alive: it reads, or writes the record of a sync that has ended. */
export function isRunning({ lease }: Pick<Integration, 'lease'>, now: Date): boolean {
  return lease !== null && Date.parse(lease.expiresAt) > now.getTime()
}

/**
 * Frees the slot of a run whose lease has expired. The run may be dead or late, so its writes are possible from now on,
 * not from the expiry: a suspended machine can wake up much later with writes to send.
 */
function withoutLapsedRun(integration: Integration, now: Date): Integration {
  return { ...(integration.lease === null ? integration : withLateWrites(integration, now)), lease: null }
}

/** Records that late writes are possible after a run that did not end normally, if it had begun to write. */
export function withLateWrites(integration: Integration, now: Date): Integration {
  const { record, unpublishedGenerations, lastSync } = integration
  const hasSnapshots =
    lastSync !== null && unpublishedGenerations.some((generation) => generation.includes(lastSync.id))
  const mayHaveWritten = hasSnapshots || (record !== null && !isRecorded(integration))
  if (!mayHaveWritten) return integration
  return { ...integration, lateWritesUntil: new Date(now.getTime() + LATE_WRITES_FOR_AT_MOST_MS).toISOString() }
}

/** Ends a run whose lease has expired; late writes of it are possible. Undefined when there is no such run. */
export function endLapsedRun(integration: Integration, now: Date): Integration | undefined {
  if (integration.lease === null || isRunning(integration, now)) return undefined
  return interruptSync(withoutLapsedRun(integration, now), now)
}

/**
 * Ends a sync as `interrupted` that is still marked as queued or running without a live run. Other syncs stay
 * unchanged.
 */
export function endedOrInterrupted(sync: Sync, now: Date): Sync {
  if (hasEnded(sync)) return sync
  return { ...sync, state: 'failed', finishedAt: now.toISOString(), problem: syncProblem('interrupted') }
}

/** Ends the newest sync as `interrupted`, unless it has ended. The caller knows that no run of it is alive. */
export function interruptSync(integration: Integration, now: Date): Integration {
  if (integration.lastSync === null) return integration
  return { ...integration, lastSync: endedOrInterrupted(integration.lastSync, now), lease: null }
}

/**
 * Puts a new `queued` sync into the slot. While the record of an ended sync is written, it waits for the end of that. Throws
 * `SyncInProgressError` when another sync is queued or running.
 */
export function queueSync(
  integration: Integration,
  sync: { id: string; trigger: SyncTrigger; now: Date },
): Integration {
  const { waitingSync, lastSync } = integration
  const isRecording = isRunning(integration, sync.now) && hasEnded(lastSync)
  if (isRecording && waitingSync === null) {
    return { ...integration, waitingSync: queuedSync(sync.id, sync.trigger, sync.now) }
  }
  if (isSlotTaken(integration, sync.now)) throw new SyncInProgressError()
  return fillSlot(integration, sync)
}

/** The sync that waits for the slot. One that has waited for half an hour is given up, as a queued one is. */
function waitingFor({ waitingSync }: Integration, now: Date): Sync | null {
  return isFreshlyQueued(waitingSync, now) ? waitingSync : null
}

/** Puts a sync into the slot, or one that still waits after a crash, which was asked for first. */
function fillSlot(
  integration: Integration,
  { id, trigger, now }: { readonly id: string; readonly trigger: SyncTrigger; readonly now: Date },
): Integration {
  const first = waitingFor(integration, now) ?? { id, trigger }
  return {
    ...withoutLapsedRun(integration, now),
    lastSync: queuedSync(first.id, first.trigger, now),
    waitingSync: null,
  }
}

/** The newest sync for the API: one that waits only for the record counts as queued, and one that never started as interrupted. */
export function newestSync({ lastSync, waitingSync }: Integration, now: Date): Sync | null {
  const newest = waitingSync !== null && hasEnded(lastSync) ? waitingSync : lastSync
  return newest?.state === 'queued' && !isFreshlyQueued(newest, now) ? endedOrInterrupted(newest, now) : newest
}

function hasEnded(sync: Sync | null): boolean {
  return sync?.state === 'succeeded' || sync?.state === 'failed'
}

/**
 * Queues the sync for a new key. It replaces a queued sync. A running sync, which uses the previous key, ends first,
 * and the new one waits.
 */
export function queueKeyChangeSync(integration: Integration, sync: { id: string; now: Date }): Integration {
  if (!isRunning(integration, sync.now)) return fillSlot(integration, { ...sync, trigger: 'key_change' })
  return { ...integration, waitingSync: integration.waitingSync ?? queuedSync(sync.id, 'key_change', sync.now) }
}

/** Puts the waiting sync into the slot. Undefined when none waits or the slot is taken. */
export function promoteWaitingSync(integration: Integration, now: Date): Integration | undefined {
  const { waitingSync, lifecycle } = integration
  if (waitingSync === null || lifecycle !== 'visible' || isSlotTaken(integration, now)) return undefined
  return fillSlot(integration, { ...waitingSync, now })
}

/** Why a message is not run. */
export type ClaimRefusal = 'slot_taken' | 'already_ended' | 'not_visible'

interface Clock {
  readonly now: Date
  readonly leaseMs: number
}

/** The integration with the slot claimed for a message, or why the message is dropped. */
export type Claim = { readonly claimed: Integration } | { readonly refused: ClaimRefusal }

/**
 * Claims the slot for a message. The message's own queued sync starts. Its own running sync resumes once the lease has
 * expired; so does one that has ended while the record is behind what is published. A scheduled sync is not queued beforehand,
 * so it needs a free slot and an id later than the newest sync's.
 */
export function claimSync(
  integration: Integration,
  message: { syncId: string; trigger: SyncTrigger },
  clock: Clock,
): Claim {
  const { lastSync } = integration
  if (integration.lifecycle !== 'visible') return { refused: 'not_visible' }
  if (lastSync?.id === message.syncId) {
    if (isRunning(integration, clock.now)) return { refused: 'slot_taken' }
    if (hasEnded(lastSync) && isRecordBehind(integration)) return { claimed: withLease(integration, clock) }
    if (lastSync.state !== 'running' && !isFreshlyQueued(lastSync, clock.now)) return { refused: 'already_ended' }
    return { claimed: startRun(integration, lastSync, clock) }
  }
  if (message.trigger !== 'schedule') return { refused: 'already_ended' }
  if (lastSync !== null && message.syncId <= lastSync.id) return { refused: 'already_ended' }
  if (isSlotTaken(integration, clock.now)) return { refused: 'slot_taken' }
  // A sync that waits for the slot runs in its place.
  const sync = waitingFor(integration, clock.now) ?? queuedSync(message.syncId, 'schedule', clock.now)
  return { claimed: startRun(integration, sync, clock) }
}

function startRun(integration: Integration, sync: Sync, clock: Clock): Integration {
  return {
    ...withLease(integration, clock, sync),
    lastSync: {
      ...sync,
      state: 'running',
      startedAt: sync.startedAt ?? clock.now.toISOString(),
    },
    // This run uses the newest key, so no sync needs to wait for its end.
    waitingSync: null,
  }
}

/** A lease for the next run of a sync. A run that had it before is over, and late writes of it are possible. */
function withLease(integration: Integration, clock: Clock, sync = integration.lastSync): Integration {
  const isResumed = sync?.id === integration.lastSync?.id
  const expiresAt = new Date(clock.now.getTime() + clock.leaseMs).toISOString()
  return {
    ...withoutLapsedRun(integration, clock.now),
    lease: { expiresAt, attempt: isResumed ? (integration.lease?.attempt ?? 0) + 1 : 1 },
  }
}
