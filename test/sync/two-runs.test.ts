import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { runSync } from '../../functions/sync/run-sync.ts'
import { anIntegration, ORG } from '../builders.ts'
import { waitFor } from '../watchdog.ts'
import { listed, startSyncBench, used, type SyncBench } from './sync-bench.ts'

const LEASE_MS = 900_000
const DAY = '2026-11-24'

let bench: SyncBench
beforeAll(async () => {
  bench = await startSyncBench()
})
afterAll(() => bench.close())

beforeEach(async () => {
  await bench.dependencies.integrations.removeIntegration(ORG)
  await bench.dependencies.integrations.createIntegration(anIntegration())
  bench.messages.length = 0
  bench.organization.failsWith = null
  bench.organization.people = [listed('ana', { role: 'owner' })]
  bench.organization.rows = [used('ana', DAY, 5)]
})

/**
 * Two runs of one sync. The first, in a process whose clock is stopped, reads until the second has taken over the slot
 * and reads too. `endFirst` says how the first continues. Returns how it ended, and the integration before and after.
 */
async function takenOver(endFirst: () => Promise<void> | void) {
  const syncId = bench.nextId()
  const startedAt = bench.clock.now
  const { organization, dependencies } = bench
  const firstReads = Promise.withResolvers<void>()
  const secondReads = Promise.withResolvers<void>()
  const firstEnded = Promise.withResolvers<void>()
  const readings = [
    async () => {
      firstReads.resolve()
      await secondReads.promise
      await endFirst()
    },
    async () => {
      secondReads.resolve()
      await firstEnded.promise
    },
  ]
  organization.whileReading = async () => readings.shift()?.()
  const message = { kind: 'sync', integrationId: ORG, syncId, trigger: 'schedule' } as const
  const first = runSync({ ...message, deliveryCount: 1 }, { ...dependencies, now: () => startedAt })
  await waitFor('the first run to read', firstReads.promise)
  bench.advance(LEASE_MS)
  const second = bench.sync({ syncId, deliveryCount: 2 })
  await waitFor('the second run to read', secondReads.promise)
  const before = await bench.integration()
  const outcome = await first.catch((error: unknown) => error)
  const after = await dependencies.integrations.findIntegration(ORG)
  organization.failsWith = null
  firstEnded.resolve()
  return { outcome, before, after, second: await second }
}

test('An earlier run of a sync publishes nothing once a later one runs', async () => {
  const { outcome, before, after, second } = await takenOver(() => {
    bench.organization.people = [listed('ana', { role: 'owner' }), listed('bob')]
  })
  expect(before).toMatchObject({ published: null, lastSync: { state: 'running' }, lease: { attempt: 2 } })
  expect([outcome, after]).toEqual(['superseded', before])
  expect(second).toBe('succeeded')
})

test('It neither ends the sync as failed nor requires action', async () => {
  const { outcome, before, after, second } = await takenOver(() => {
    bench.organization.failsWith = 'invalid_admin_key'
  })
  expect([outcome, after]).toEqual(['superseded', before])
  expect(second).toBe('succeeded')
})

test('Its internal error does not free the later run’s lease', async () => {
  const { outcome, before, after, second } = await takenOver(() => Promise.reject(new Error('a bug')))
  expect(outcome).toEqual(new Error('a bug'))
  expect(after).toEqual(before)
  expect(second).toBe('succeeded')
})

test('After a deletion it does not signal to the purge that the later run has stopped', async () => {
  const { after, second } = await takenOver(async () => {
    await bench.dependencies.integrations.updateIntegration(ORG, (current) => ({ ...current, lifecycle: 'deleting' }))
  })
  expect(after).toMatchObject({ lastSync: { state: 'running' }, lease: { attempt: 2 } })
  expect(second).toBe('superseded')
  expect(await bench.integration()).toMatchObject({ lastSync: { state: 'failed' }, lease: null })
})
