import { describe, expect, test } from '@jest/globals'
import { syncProblem } from '../../shared/domain/problem.ts'
import { notReadResult } from '../../shared/integrations/sync.ts'
import { dataSetState, type Integration } from '../../shared/integrations/integration.ts'
import {
  isHeldBy,
  publishResult,
  recordFailure,
  recordWritten,
  spanOf,
  type SyncResult,
} from '../../shared/integrations/sync-outcome.ts'
import { queuedSync } from '../../shared/integrations/sync-slot.ts'
import type { Sync } from '../../shared/integrations/sync.ts'
import { anIntegration, aPerson, aRow, aSnapshot, NO_SUMMARY, RULES, WINDOW } from '../builders.ts'

const NOW = new Date('2026-11-24T12:00:00.000Z')
const RUNNING: Sync = { ...queuedSync('a', 'schedule', NOW), state: 'running', startedAt: NOW.toISOString() }
const LEASE = { expiresAt: '2026-11-24T12:15:00.000Z', attempt: 2 }
const NO_SEATS = { members: 0, guests: 0, inUse: 0, unused: 0, noData: 0 }
const PROBLEM = syncProblem('invalid_admin_key')

/** In the second run of a sync. */
function running(overrides: Partial<Integration> = {}): Integration {
  return anIntegration({ lastSync: RUNNING, lease: LEASE, ...overrides })
}

describe('A run holds the slot', () => {
  test('only of its own sync and attempt, also while it writes the record of a sync that has ended', () => {
    expect(isHeldBy(running(), { syncId: 'a', attempt: 2 })).toBe(true)
    const ended = running({ lastSync: { ...RUNNING, state: 'succeeded' } })
    expect(isHeldBy(ended, { syncId: 'a', attempt: 2 })).toBe(true)
  })

  test.each([
    ['an earlier run of the same sync', running(), { syncId: 'a', attempt: 1 }],
    ['a later run of it', running(), { syncId: 'a', attempt: 3 }],
    ['a run of another sync', running(), { syncId: 'b', attempt: 2 }],
    ['a run whose lease is gone', running({ lease: null }), { syncId: 'a', attempt: 2 }],
    ['a run of a deleted integration', running({ lifecycle: 'deleting' }), { syncId: 'a', attempt: 2 }],
    ['a run before the first sync', anIntegration(), { syncId: 'a', attempt: 2 }],
  ])('and not of %s', (_, integration, run) => {
    expect(isHeldBy(integration, run)).toBe(false)
  })
})

describe('Publishing', () => {
  const pointer = { generation: 'new', parts: 2, digest: null, window: WINDOW }
  const SUMMARY = { generation: 'summary.new', parts: 1 }
  const result: SyncResult = {
    snapshot: aSnapshot([aPerson({ role: 'owner' })], [aRow()]),
    snapshots: { directory: pointer, usage: pointer },
    summary: SUMMARY,
    dataSets: {
      directory: { unchanged: false, rows: 1, written: 1, problem: null },
      usage: { unchanged: false, rows: 1, written: 1, problem: null },
    },
    removedUsers: 3,
    leavesWork: true,
  }
  const publish = (integration: Integration, overrides: Partial<SyncResult> = {}) =>
    publishResult(integration, RUNNING, { ...result, ...overrides }, { now: NOW, rules: RULES })
  const published = { ...pointer, syncId: 'a', syncedAt: NOW.toISOString(), window: WINDOW }
  const older = { ...published, syncId: '9', syncedAt: '2026-11-20T00:00:00.000Z', generation: 'older' }

  test('ends the sync and clears the problem in one value, and keeps the slot for the record', () => {
    const problem = { ...PROBLEM, since: NOW.toISOString() }
    expect(publish(running({ problem, dataSetProblems: { usage: 'provider_unreachable' } }))).toMatchObject({
      problem: null,
      dataSetProblems: {},
      lease: LEASE,
      lastSync: { id: 'a', state: 'succeeded', finishedAt: NOW.toISOString(), removedUsers: 3 },
      published: { dataSets: { directory: published, usage: published }, summary: SUMMARY },
      record: { syncId: null, window: WINDOW },
    })
  })

  test('frees the slot when there is nothing to write, since the record also equals this reading', () => {
    const record = { syncId: '9', window: { from: '2026-09-25', to: '2026-11-23' } }
    expect(publish(running({ record }), { leavesWork: false })).toMatchObject({
      lease: null,
      record: { syncId: 'a', window: WINDOW },
    })
  })

  test('keeps the last reading of a data set that could not be read, and drops one that is not read any more', () => {
    const dataSets = { directory: older, usage: older, prints: older, plots: older }
    const before = running({ published: { dataSets, summary: NO_SUMMARY, counts: NO_SEATS, inferredDomains: [] } })
    const failed = notReadResult('timed_out')
    const after = publish(before, { dataSets: { ...result.dataSets, prints: failed } })
    expect(after.published?.dataSets).toEqual({ directory: published, usage: published, prints: older })
    expect(after.dataSetProblems).toEqual({ prints: 'timed_out' })
    expect(dataSetState(after, 'prints')).toBe('failed')
    expect(dataSetState(after, 'plots')).toBe('never_read')
    expect(dataSetState(after, 'usage')).toBe('current')
  })

  const compared = (at: Date) => ({ comparedAt: at, deletedGenerations: ['old'] })
  const writing = {
    ...publish(running()),
    unpublishedGenerations: ['old', 'new'],
    lateWritesUntil: NOW.toISOString(),
  }

  test('is followed by the record, which equals it when compared after the last possible late write', () => {
    expect(recordWritten(writing, compared(NOW))).toMatchObject({
      lease: null,
      unpublishedGenerations: ['new'],
      record: { syncId: 'a', window: WINDOW },
      lateWritesUntil: null,
    })
  })

  test('and which stays in doubt when compared before', () => {
    expect(recordWritten(writing, compared(new Date(NOW.getTime() - 1)))).toMatchObject({
      lease: null,
      unpublishedGenerations: ['old', 'new'],
      record: { syncId: null, window: WINDOW },
      lateWritesUntil: NOW.toISOString(),
    })
  })

  test('lets the record span the days of a data set whose last reading is older', () => {
    const window = { from: '2026-09-01', to: '2026-10-30' }
    const dataSets = { directory: published, usage: published, prints: { ...older, window } }
    const integration = {
      ...writing,
      published: { dataSets, summary: NO_SUMMARY, counts: NO_SEATS, inferredDomains: [] },
    }
    expect(recordWritten(integration, compared(NOW)).record?.window).toEqual({ from: '2026-09-01', to: WINDOW.to })
  })
})

describe('A failure', () => {
  const failure = (keyVersion: number) => ({ problem: PROBLEM, keyVersion })
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
    const passing = { ...failure(2), problem: syncProblem('provider_unreachable') }
    expect(recordFailure(asking, RUNNING, passing, NOW)).toMatchObject({
      problem: { ...PROBLEM, since },
      lastSync: { state: 'failed', problem: { code: 'provider_unreachable' } },
      lease: null,
    })
    const other = { ...failure(2), problem: syncProblem('account_deactivated') }
    expect(recordFailure(asking, RUNNING, other, NOW).problem).toMatchObject({ since: NOW.toISOString() })
  })

  test('says of each data set that was tried whether the key in use can read it, and keeps what was said of others', () => {
    const before = {
      ...withKey,
      dataSetProblems: { directory: 'timed_out', usage: 'timed_out', prints: 'timed_out' } as const,
    }
    const tried = {
      directory: { unchanged: false, rows: 3, written: 0, problem: null },
      usage: notReadResult('provider_rate_limited'),
    }
    const after = recordFailure(before, RUNNING, { ...failure(2), dataSets: tried }, NOW)
    expect(after.dataSetProblems).toEqual({ usage: 'provider_rate_limited', prints: 'timed_out' })
    const outdated = recordFailure(before, RUNNING, { ...failure(1), dataSets: tried }, NOW)
    expect(outdated).toMatchObject({ dataSetProblems: before.dataSetProblems, lastSync: { dataSets: tried } })
  })

  test('keeps the slot while the record is behind what is published', () => {
    const pointer = {
      syncId: '9',
      syncedAt: NOW.toISOString(),
      generation: 'g',
      parts: 1,
      digest: null,
      window: WINDOW,
    }
    const published = { dataSets: { directory: pointer }, summary: NO_SUMMARY, counts: NO_SEATS, inferredDomains: [] }
    const leaseAfter = (syncId: string | null) =>
      recordFailure(running({ published, record: { syncId, window: WINDOW } }), RUNNING, failure(2), NOW).lease
    expect([leaseAfter('8'), leaseAfter(null), leaseAfter('9')]).toEqual([LEASE, LEASE, null])
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
