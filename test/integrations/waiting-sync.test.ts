import { expect, test } from '@jest/globals'
import type { Integration } from '../../shared/integrations/integration.ts'
import {
  claimSync,
  interruptSync,
  promoteWaitingSync,
  queuedSync,
  queueKeyChangeSync,
  queueSync,
} from '../../shared/integrations/sync-slot.ts'
import { anIntegration } from '../builders.ts'

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
  expect(claimed(ended, 'b')).toMatchObject({ lastSync: { id: 'b' }, waitingSync: null })
  expect(queueSync(ended, queued('m'))).toMatchObject({ lastSync: { id: 'm' }, waitingSync: null })
})

function queued(id: string) {
  return { id, trigger: 'manual', now: NOW } as const
}
