import { describe, expect, test } from '@jest/globals'
import type { Integration } from '../../shared/integrations/integration.ts'
import { isHeldBy, publishResult, recordFailure, spanOf } from '../../shared/integrations/sync-outcome.ts'
import { queuedSync } from '../../shared/integrations/sync-slot.ts'
import type { Sync } from '../../shared/integrations/sync.ts'
import { anIntegration, aPerson, aRow, aSnapshot, RULES, WINDOW } from '../builders.ts'

const NOW = new Date('2026-11-24T12:00:00.000Z')
const RUNNING: Sync = { ...queuedSync('a', 'schedule', NOW), state: 'running', startedAt: NOW.toISOString() }
const LEASE = { expiresAt: '2026-11-24T12:15:00.000Z', attempt: 2 }
const COUNTS = { users: 1, usageRows: 1 }
const PROBLEM = { code: 'invalid_admin_key', detail: 'It was revoked.' } as const

/** In the second run of a sync. */
function running(overrides: Partial<Integration> = {}): Integration {
  return anIntegration({ lastSync: RUNNING, lease: LEASE, ...overrides })
}

describe('A run holds the slot', () => {
  test('only of its own sync and attempt', () => {
    expect(isHeldBy(running(), { syncId: 'a', attempt: 2 })).toBe(true)
  })

  test.each([
    ['an earlier run of the same sync', running(), { syncId: 'a', attempt: 1 }],
    ['a later run of it', running(), { syncId: 'a', attempt: 3 }],
    ['a run of another sync', running(), { syncId: 'b', attempt: 2 }],
    ['a run whose sync has ended', running({ lastSync: { ...RUNNING, state: 'failed' } }), { syncId: 'a', attempt: 2 }],
    ['a run whose lease is gone', running({ lease: null }), { syncId: 'a', attempt: 2 }],
    ['a run of a deleted integration', running({ lifecycle: 'deleting' }), { syncId: 'a', attempt: 2 }],
    ['a run before the first sync', anIntegration(), { syncId: 'a', attempt: 2 }],
  ])('and not of %s', (_, integration, run) => {
    expect(isHeldBy(integration, run)).toBe(false)
  })
})

describe('Publishing', () => {
  const snapshot = aSnapshot([aPerson({ role: 'owner' })], [aRow()])
  const result = (comparedAt: Date) => ({
    snapshot,
    generation: 'new',
    parts: 2,
    peopleParts: 1,
    digests: { usage: 'digest' },
    read: COUNTS,
    written: COUNTS,
    removedUsers: 3,
    deletedGenerations: ['old'],
    comparedAt,
  })
  const writing = running({
    problem: { ...PROBLEM, since: NOW.toISOString() },
    generations: ['old', 'kept'],
    dirtyWindow: WINDOW,
    lateWritesUntil: NOW.toISOString(),
  })

  test('ends the sync, frees the slot and clears the problem in one value', () => {
    expect(publishResult(writing, RUNNING, result(NOW), { now: NOW, rules: RULES })).toMatchObject({
      problem: null,
      lease: null,
      lastSync: { id: 'a', state: 'succeeded', finishedAt: NOW.toISOString(), progress: null, removedUsers: 3 },
      published: {
        syncId: 'a',
        syncedAt: NOW.toISOString(),
        window: WINDOW,
        generation: 'new',
        parts: 2,
        peopleParts: 1,
      },
    })
  })

  test('marks the record as clean when it was compared after the last possible late write, and as dirty before', () => {
    expect(publishResult(writing, RUNNING, result(NOW), { now: NOW, rules: RULES })).toMatchObject({
      generations: ['kept', 'new'],
      dirtyWindow: null,
      lateWritesUntil: null,
    })
    const before = result(new Date(NOW.getTime() - 1))
    expect(publishResult(writing, RUNNING, before, { now: NOW, rules: RULES })).toMatchObject({
      generations: ['old', 'kept', 'new'],
      dirtyWindow: WINDOW,
      lateWritesUntil: NOW.toISOString(),
    })
  })
})

describe('A failure', () => {
  const failure = (keyVersion: number) => ({ problem: PROBLEM, read: COUNTS, written: COUNTS, keyVersion })
  const withKey = running({ keyVersion: 2, implausible: { at: NOW.toISOString(), missing: 'm' } })

  test('requires action with the key in use or a newer one, but not with an older one', () => {
    for (const keyVersion of [2, 3]) {
      const { problem } = recordFailure(withKey, RUNNING, failure(keyVersion), NOW)
      expect(problem).toEqual({ ...PROBLEM, since: NOW.toISOString() })
    }
    expect(recordFailure(withKey, RUNNING, failure(1), NOW).problem).toBeNull()
  })

  test('keeps the start of the same problem, and the required action after a transient failure', () => {
    const since = '2026-11-01T00:00:00.000Z'
    const asking = { ...withKey, problem: { ...PROBLEM, since } }
    expect(recordFailure(asking, RUNNING, failure(2), NOW).problem).toEqual({ ...PROBLEM, since })
    const passing = { ...failure(2), problem: { code: 'provider_unreachable', detail: 'Try again.' } as const }
    expect(recordFailure(asking, RUNNING, passing, NOW)).toMatchObject({
      problem: { ...PROBLEM, since },
      lastSync: { state: 'failed', problem: { code: 'provider_unreachable' } },
      lease: null,
    })
    const other = { ...failure(2), problem: { code: 'account_deactivated', detail: 'Contact OpenAI.' } as const }
    expect(recordFailure(asking, RUNNING, other, NOW).problem).toMatchObject({ since: NOW.toISOString() })
  })

  test('unrelated to the listing keeps a recorded implausible listing', () => {
    expect(recordFailure(withKey, RUNNING, failure(2), NOW).implausible).toEqual(withKey.implausible)
  })
})

test.each([
  [null, '2026-09-26', '2026-11-24'],
  [{ from: '2026-09-25', to: '2026-11-23' }, '2026-09-25', '2026-11-24'],
  [{ from: '2026-09-27', to: '2026-11-25' }, '2026-09-26', '2026-11-25'],
  [{ from: '2026-10-01', to: '2026-10-02' }, '2026-09-26', '2026-11-24'],
  [{ from: '2026-01-01', to: '2026-12-31' }, '2026-01-01', '2026-12-31'],
])('The span of %j and the window contains every day of both', (other, from, to) => {
  expect(spanOf(other, WINDOW)).toEqual({ from, to })
})
