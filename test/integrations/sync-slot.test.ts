import { describe, expect, test } from '@jest/globals'
import { anIntegration, WINDOW } from '../builders.ts'
import type { Integration } from '../../shared/integrations/integration.ts'
import {
  claimSync,
  endedOrInterrupted,
  endLapsedRun,
  interruptSync,
  isSlotTaken,
  queuedSync,
  queueKeyChangeSync,
  queueSync,
  withLateWrites,
  SyncInProgressError,
  newestSync,
} from '../../shared/integrations/sync-slot.ts'

const NOW = new Date('2026-11-24T12:00:00.000Z')
const LEASE_MS = 900_000
const clock = { now: NOW, leaseMs: LEASE_MS }

function minutesLater(minutes: number): Date {
  return new Date(NOW.getTime() + minutes * 60_000)
}

function running(syncId: string): Integration {
  const claim = claimSync(anIntegration({ keyVersion: 3 }), { syncId, trigger: 'schedule' }, clock)
  if ('refused' in claim) throw new Error(claim.refused)
  return claim.claimed
}

describe('the slot', () => {
  test('is free before the first sync', () => {
    expect(isSlotTaken(anIntegration(), NOW)).toBe(false)
  })

  test('is held by a queued sync for 30 minutes', () => {
    const queued = queueSync(anIntegration(), { id: 'a', trigger: 'manual', now: NOW })
    expect(isSlotTaken(queued, minutesLater(29.99))).toBe(true)
    expect(isSlotTaken(queued, minutesLater(30))).toBe(false)
  })

  test('is held by a running sync until its lease expires', () => {
    expect(isSlotTaken(running('a'), minutesLater(14.99))).toBe(true)
    expect(isSlotTaken(running('a'), minutesLater(15))).toBe(false)
  })

  test('refuses a second manual sync while it is taken', () => {
    const queued = queueSync(anIntegration(), { id: 'a', trigger: 'manual', now: NOW })
    expect(() => queueSync(queued, { id: 'b', trigger: 'manual', now: NOW })).toThrow(SyncInProgressError)
    expect(() => queueSync(running('a'), { id: 'b', trigger: 'manual', now: NOW })).toThrow(SyncInProgressError)
  })
})

test('A queued sync that never started reads as interrupted after 30 minutes', () => {
  const queued = queueSync(anIntegration(), { id: 'a', trigger: 'manual', now: NOW })
  expect(newestSync(queued, minutesLater(29))?.state).toBe('queued')
  expect(newestSync(queued, minutesLater(30))?.problem?.code).toBe('interrupted')
})

describe('claiming', () => {
  test('starts a scheduled sync in a free slot under a lease', () => {
    const claimed = running('a')
    expect(claimed.lastSync).toMatchObject({ id: 'a', state: 'running', startedAt: '2026-11-24T12:00:00.000Z' })
    expect(claimed.lease).toEqual({ expiresAt: '2026-11-24T12:15:00.000Z', attempt: 1 })
  })

  test('resumes its own sync after the lease expired, as the next attempt with the first start time', () => {
    const late = { now: minutesLater(16), leaseMs: LEASE_MS }
    const claim = claimSync(running('a'), { syncId: 'a', trigger: 'schedule' }, late)
    expect(claim).toMatchObject({
      claimed: { lease: { attempt: 2 }, lastSync: { id: 'a', startedAt: '2026-11-24T12:00:00.000Z' } },
    })
  })

  test('drops a redelivery while its run is alive', () => {
    expect(claimSync(running('a'), { syncId: 'a', trigger: 'schedule' }, clock)).toEqual({ refused: 'slot_taken' })
  })

  test('drops a scheduled message whose id is not later than the newest sync’s', () => {
    const ended = interruptSync(running('b'), NOW)
    expect(claimSync(ended, { syncId: 'a', trigger: 'schedule' }, clock)).toEqual({ refused: 'already_ended' })
    expect(claimSync(ended, { syncId: 'b', trigger: 'schedule' }, clock)).toEqual({ refused: 'already_ended' })
    expect(claimSync(ended, { syncId: 'c', trigger: 'schedule' }, clock)).toHaveProperty('claimed')
  })

  test('drops a queued sync that was given up or displaced', () => {
    const queued = queueSync(anIntegration(), { id: 'a', trigger: 'connect', now: NOW })
    const late = { now: minutesLater(31), leaseMs: LEASE_MS }
    expect(claimSync(queued, { syncId: 'a', trigger: 'connect' }, late)).toEqual({ refused: 'already_ended' })
    expect(claimSync(running('b'), { syncId: 'a', trigger: 'manual' }, clock)).toEqual({ refused: 'already_ended' })
  })

  test('drops messages of pending and deleted integrations', () => {
    const deleting = anIntegration({ lifecycle: 'deleting' })
    expect(claimSync(deleting, { syncId: 'a', trigger: 'schedule' }, clock)).toEqual({ refused: 'not_visible' })
  })
})

describe('interrupting', () => {
  test('ends a queued or running sync as failed with the cause, and leaves an ended one unchanged', () => {
    expect(interruptSync(running('a'), NOW)).toMatchObject({
      lease: null,
      lastSync: { state: 'failed', finishedAt: '2026-11-24T12:00:00.000Z', problem: { code: 'interrupted' } },
    })
    const ended = { ...queuedSync('a', 'manual', NOW), state: 'succeeded' as const }
    expect(endedOrInterrupted(ended, NOW)).toBe(ended)
    expect(interruptSync(anIntegration(), NOW).lastSync).toBeNull()
  })
})

describe('a run whose lease has expired', () => {
  const writing = () => ({ ...running('a'), record: { syncId: null, window: WINDOW } })
  const lapsed = minutesLater(17)
  const HALF_AN_HOUR_LATER = '2026-11-24T12:47:00.000Z'
  const claimed = (integration: Integration, syncId: string) =>
    claimSync(integration, { syncId, trigger: 'schedule' }, { now: lapsed, leaseMs: LEASE_MS })

  test('may still write for half an hour after its slot was taken', () => {
    expect(claimed(writing(), 'b')).toMatchObject({ claimed: { lateWritesUntil: HALF_AN_HOUR_LATER } })
    expect(claimed(writing(), 'a')).toMatchObject({
      claimed: { lateWritesUntil: HALF_AN_HOUR_LATER, lease: { attempt: 2 } },
    })
    const manual = queueSync(writing(), { id: 'b', trigger: 'manual', now: lapsed })
    expect(manual.lateWritesUntil).toBe(HALF_AN_HOUR_LATER)
    expect(queueKeyChangeSync(writing(), { id: 'b', now: lapsed }).lateWritesUntil).toBe(HALF_AN_HOUR_LATER)
    expect(endLapsedRun(writing(), lapsed)).toMatchObject({
      lateWritesUntil: HALF_AN_HOUR_LATER,
      lastSync: { state: 'failed', problem: { code: 'interrupted' } },
    })
  })

  test('writes nothing if it had not begun writing', () => {
    expect(claimed(running('a'), 'b')).toMatchObject({ claimed: { lateWritesUntil: null } })
    expect(withLateWrites(running('a'), lapsed).lateWritesUntil).toBeNull()
  })

  test('is not ended while its lease is valid or when its sync has ended', () => {
    expect(endLapsedRun(writing(), minutesLater(14))).toBeUndefined()
    expect(endLapsedRun(interruptSync(writing(), NOW), lapsed)).toBeUndefined()
  })

  test('is still considered when yet another run takes the slot', () => {
    const ended = interruptSync({ ...writing(), lateWritesUntil: HALF_AN_HOUR_LATER }, lapsed)
    expect(claimed(ended, 'b')).toMatchObject({ claimed: { lateWritesUntil: HALF_AN_HOUR_LATER } })
  })
})
