import { describe, expect, test } from '@jest/globals'
import type { Integration } from '../../shared/integrations/integration.ts'
import {
  claimSync,
  interruptSync,
  newestSync,
  promoteWaitingSync,
  queuedSync,
  queueKeyChangeSync,
  queueSync,
  SyncInProgressError,
} from '../../shared/integrations/sync-slot.ts'
import { anIntegration, NO_SUMMARY, WINDOW } from '../builders.ts'

const NOW = new Date('2026-11-24T12:00:00.000Z')
const LEASE_MS = 900_000
const LAPSED = new Date(NOW.getTime() + LEASE_MS)

function claimed(integration: Integration, syncId: string, now = NOW): Integration {
  const claim = claimSync(integration, { syncId, trigger: 'schedule' }, { now, leaseMs: LEASE_MS })
  if ('refused' in claim) throw new Error(claim.refused)
  return claim.claimed
}

const running = claimed(anIntegration(), 'a')
const waiting = queueKeyChangeSync(running, { id: 'k', now: NOW })
const ended = interruptSync(waiting, NOW)

test('The sync for a new key only waits for a run with the older key', () => {
  expect(waiting).toEqual({ ...running, waitingSync: queuedSync('k', 'key_change', NOW) })
  for (const free of [anIntegration(), interruptSync(running, NOW), queueSync(anIntegration(), queued('m'))]) {
    const next = queueKeyChangeSync(free, { id: 'k', now: NOW })
    expect(next).toMatchObject({ lastSync: queuedSync('k', 'key_change', NOW), waitingSync: null, lease: null })
  }
  expect(queueKeyChangeSync(running, { id: 'k', now: LAPSED })).toMatchObject({
    lastSync: { id: 'k' },
    waitingSync: null,
  })
})

test('It takes the slot when that run has ended and the integration is visible', () => {
  expect(promoteWaitingSync(ended, NOW)).toEqual({ ...ended, lastSync: waiting.waitingSync, waitingSync: null })
  expect(promoteWaitingSync(waiting, NOW)).toBeUndefined()
  expect(promoteWaitingSync({ ...ended, waitingSync: null }, NOW)).toBeUndefined()
  for (const lifecycle of ['pending', 'deleting'] as const) {
    expect(promoteWaitingSync({ ...ended, lifecycle }, NOW)).toBeUndefined()
  }
})

test('A run or sync that begins before it uses the new key too, so nothing waits anymore', () => {
  expect(claimed(waiting, 'a', LAPSED)).toMatchObject({ lease: { attempt: 2 }, waitingSync: null })
  expect(claimed(ended, 'z')).toMatchObject({ lastSync: { id: 'k', state: 'running' }, waitingSync: null })
  expect(queueSync(ended, queued('m'))).toMatchObject({ lastSync: { id: 'k', state: 'queued' }, waitingSync: null })
  expect(queueKeyChangeSync(ended, { id: 'k2', now: NOW })).toMatchObject({
    lastSync: { id: 'k', state: 'queued' },
    waitingSync: null,
  })
})

test('A sync that has waited for half an hour is given up, and gives way to the next', () => {
  const late = new Date(NOW.getTime() + 30 * 60_000)
  const recorded: Integration = { ...ended, lastSync: { ...queuedSync('a', 'schedule', NOW), state: 'succeeded' } }
  expect(newestSync(recorded, NOW)).toMatchObject({ id: 'k', state: 'queued' })
  expect(newestSync(recorded, late)).toMatchObject({ id: 'k', state: 'failed', problem: { code: 'interrupted' } })
  expect(queueSync(recorded, { ...queued('m'), now: late })).toMatchObject({ lastSync: { id: 'm' }, waitingSync: null })
  expect(claimed(recorded, 'z', late)).toMatchObject({ lastSync: { id: 'z', state: 'running' }, waitingSync: null })
})

describe('While the record of an ended sync is written', () => {
  const pointer = { syncId: 'a', syncedAt: NOW.toISOString(), generation: 'g', parts: 1, digest: null, window: WINDOW }
  const counts = { members: 0, guests: 0, inUse: 0, unused: 0, noData: 0 }
  const recording: Integration = {
    ...running,
    lastSync: { ...queuedSync('a', 'schedule', NOW), state: 'succeeded' },
    published: { dataSets: { directory: pointer }, summary: NO_SUMMARY, counts, inferredDomains: [] },
    record: { syncId: null, window: WINDOW },
  }
  const manual = queueSync(recording, queued('m'))

  test('a manual sync waits for the end of that and already shows as the newest', () => {
    expect(manual).toEqual({ ...recording, waitingSync: queuedSync('m', 'manual', NOW) })
    expect(newestSync(manual, NOW)).toMatchObject({ id: 'm', state: 'queued' })
    expect(promoteWaitingSync(manual, NOW)).toBeUndefined()
    expect(promoteWaitingSync({ ...manual, lease: null }, NOW)).toMatchObject({
      lastSync: { id: 'm' },
      waitingSync: null,
    })
  })

  test('a new key leaves it waiting, since it uses the newest key', () => {
    expect(queueKeyChangeSync(manual, { id: 'k', now: NOW })).toEqual(manual)
  })

  test('a second one is refused, and a scheduled message is dropped', () => {
    expect(() => queueSync(manual, queued('n'))).toThrow(SyncInProgressError)
    const claim = claimSync(manual, { syncId: 'z', trigger: 'schedule' }, { now: NOW, leaseMs: LEASE_MS })
    expect(claim).toEqual({ refused: 'slot_taken' })
  })

  test('a redelivery after a crash goes on with the record, and what waits stays waiting', () => {
    expect(claimed(manual, 'a', LAPSED)).toMatchObject({
      lastSync: { id: 'a', state: 'succeeded' },
      waitingSync: { id: 'm' },
      lease: { attempt: 2 },
    })
  })

  test('after a crash another one starts the one that waits', () => {
    expect(queueSync(manual, { id: 'n', trigger: 'manual', now: LAPSED })).toMatchObject({
      lastSync: { id: 'm', state: 'queued' },
      waitingSync: null,
    })
  })

  test('a schedule after a crash starts the one that waits', () => {
    expect(claimed(manual, 'z', LAPSED)).toMatchObject({ lastSync: { id: 'm', state: 'running' }, waitingSync: null })
  })
})

function queued(id: string) {
  return { id, trigger: 'manual', now: NOW } as const
}
