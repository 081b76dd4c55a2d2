import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { LeaseEndingError, Run, SlotLostError } from '../../functions/sync/run.ts'
import type { SyncDependencies } from '../../functions/sync/sync-dependencies.ts'
import { claimSync } from '../../shared/integrations/sync-slot.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { SyncRepository } from '../../shared/storage/syncs.ts'
import { anIntegration, ORG } from '../builders.ts'
import { tableThrough } from '../fakes/faulty-client.ts'
import { startSyncBench, type SyncBench } from './sync-bench.ts'

const STARTED_MS = Date.parse('2026-11-24T10:00:00.000Z')
const LEASE_MS = 900_000
const MINUTE_MS = 60_000
const PROGRESS = { phase: 'members', done: 1, total: null } as const

let bench: SyncBench
beforeAll(async () => {
  bench = await startSyncBench()
})
afterAll(() => bench.close())

let run: Run
let logged: unknown[]
/** What was sent to the table, by name. */
let sent: string[]
/** How many of the next writes fail. */
let failures: number
beforeEach(async () => {
  bench.clock.now = new Date(STARTED_MS)
  sent = []
  failures = 0
  logged = []
  const table = tableThrough(bench.table, async ({ name, isWrite }, forward) => {
    sent.push(name)
    if (!isWrite || failures === 0) return forward()
    failures -= 1
    throw new Error('The table is slow.')
  })
  const logger = { ...bench.dependencies.logger, error: (...entries: unknown[]) => void logged.push(entries) }
  const dependencies: SyncDependencies = {
    ...bench.dependencies,
    integrations: new IntegrationRepository(table),
    syncs: new SyncRepository(table),
    logger,
  }
  const clock = { now: bench.clock.now, leaseMs: LEASE_MS }
  const claim = claimSync(anIntegration(), { syncId: 'a', trigger: 'schedule' }, clock)
  if ('refused' in claim) throw new Error(claim.refused)
  await bench.dependencies.integrations.removeIntegration(ORG)
  await bench.dependencies.integrations.createIntegration(claim.claimed)
  run = new Run(claim.claimed, dependencies)
})

const at = (ms: number) => (bench.clock.now = new Date(STARTED_MS + ms))
const progress = () => bench.dependencies.syncs.findProgress(ORG, 'a')

test('A run may write until one minute before its lease ends', () => {
  at(LEASE_MS - MINUTE_MS)
  expect(() => run.checkLease()).not.toThrow()
  at(LEASE_MS - MINUTE_MS + 1)
  expect(() => run.checkLease()).toThrow(LeaseEndingError)
})

test('More than two minutes of the usable time are reserved for publishing', () => {
  expect(run.readingDeadline.getTime()).toBe(STARTED_MS + 0.85 * (LEASE_MS - MINUTE_MS))
})

test('Progress is written at most every two seconds', async () => {
  for (const ms of [0, 1_999, 2_000, 2_001, 3_999, 4_000]) {
    at(ms)
    run.reportProgress({ ...PROGRESS, done: ms })
  }
  await run.update((current) => current)
  expect(sent.filter((name) => name === 'PutCommand')).toHaveLength(2 + 1)
  expect(await progress()).toEqual({ ...PROGRESS, done: 4_000 })
})

test('Progress is an item of its own, and an update waits for it', async () => {
  at(2_000)
  run.reportProgress(PROGRESS)
  await run.update((current) => ({ ...current, name: 'Written' }))
  expect(sent).toEqual(['GetCommand', 'PutCommand', 'GetCommand', 'PutCommand'])
  expect(await progress()).toEqual(PROGRESS)
  expect(await bench.dependencies.syncs.findProgress(ORG, 'b')).toBeUndefined()
})

test('A progress write that finds the slot lost stops the run before its next write', async () => {
  await bench.dependencies.integrations.updateIntegration(ORG, (current) => ({ ...current, lifecycle: 'deleting' }))
  at(2_000)
  run.reportProgress(PROGRESS)
  await expect(run.update((current) => current)).rejects.toThrow(SlotLostError)
  expect(() => run.checkLease()).toThrow(SlotLostError)
  expect(sent).not.toContain('PutCommand')
})

test('A failed progress write is logged, and the run continues', async () => {
  failures = 1
  at(2_000)
  run.reportProgress(PROGRESS)
  await run.update((current) => ({ ...current, name: 'Written' }))
  expect(logged).toMatchObject([['The progress of a sync could not be written.', new Error('The table is slow.'), {}]])
  expect(await bench.integration()).toMatchObject({ name: 'Written' })
  expect(() => run.checkLease()).not.toThrow()
})
