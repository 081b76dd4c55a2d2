import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { purgeIntegration } from '../../functions/sync/purge-integration.ts'
import { runSync } from '../../functions/sync/run-sync.ts'
import { isRecorded, publishedGenerations } from '../../shared/integrations/integration.ts'
import { LATE_WRITES_FOR_AT_MOST_MS } from '../../shared/integrations/sync-slot.ts'
import { updateDisplacingSync } from '../../shared/use-cases/update-displacing-sync.ts'
import { RecordRepository } from '../../shared/storage/records.ts'
import { SnapshotRepository } from '../../shared/storage/snapshots.ts'
import { itemsOf } from '../api/stored-items.ts'
import { ORG, rowsIn } from '../builders.ts'
import { type SentCommand, tableThrough } from '../fakes/faulty-client.ts'
import { listed, startSyncBench, used, type SyncBench } from './sync-bench.ts'

const LEASE_MS = 900_000
const DAY = '2026-11-24'

let bench: SyncBench
beforeEach(async () => {
  bench = await startSyncBench({ windowDays: 2 })
  bench.organization.people = [listed('ana', { role: 'owner' }), listed('bob')]
  bench.organization.rows = [used('ana', DAY, 5), used('bob', DAY, 3)]
  await bench.sync()
})
afterEach(() => bench.close())

/**
 * Starts a sync in a process that hangs at the first write of a kind. Its later writes stay in flight until `land` lets
 * them reach the table. `ended` is how the run ends then.
 */
async function startLateRun(isHeld: (command: SentCommand) => boolean) {
  const silent = Promise.withResolvers<void>()
  const landing = Promise.withResolvers<void>()
  const table = tableThrough(bench.table, async (command, forward) => {
    if (!isHeld(command)) return forward()
    silent.resolve()
    await landing.promise
    return forward()
  })
  const dependencies = {
    ...bench.dependencies,
    records: new RecordRepository(table),
    snapshots: new SnapshotRepository(table),
  }
  const message = { kind: 'sync', integrationId: ORG, syncId: bench.nextId(), trigger: 'schedule' } as const
  const ended = runSync({ ...message, deliveryCount: 1 }, dependencies).catch((error: unknown) => error)
  await silent.promise
  return {
    land: async () => {
      landing.resolve()
      return ended
    },
  }
}

const isBatch = ({ name }: SentCommand) => name === 'BatchWriteCommand'
const isSnapshotPart = ({ name }: SentCommand) => name === 'PutCommand'

/** The present people and the usage of the record. */
async function record() {
  const { people, series } = await bench.dependencies.records.readRecord(ORG, { from: '2026-11-23', to: DAY })
  const present = people.filter(({ removedAt }) => removedAt === null)
  return { people: present.map(({ userId, name }) => [userId, name]), rows: rowsIn(series.usage) }
}

const RIGHT = {
  people: [
    ['ana', 'ana'],
    ['bob', 'bob'],
  ],
  rows: [used('ana', DAY, 5), used('bob', DAY, 3)],
}

async function lateRunAfterTakeover() {
  bench.organization.people = [listed('ana', { role: 'owner', name: 'Ana Maria' }), listed('bob'), listed('dan')]
  bench.organization.rows = [used('ana', DAY, 50), used('dan', DAY, 1)]
  const late = await startLateRun(isBatch)
  bench.organization.people = [listed('ana', { role: 'owner' }), listed('bob')]
  bench.organization.rows = [used('ana', DAY, 5), used('bob', DAY, 3)]
  bench.advance(LEASE_MS)
  expect(await bench.sync()).toBe('succeeded')
  return late
}

test('A batch that arrives after another run compared the record is found and repaired once no more can arrive', async () => {
  const late = await lateRunAfterTakeover()
  expect(await record()).toEqual(RIGHT)
  const before = await bench.published()
  expect(await late.land()).toMatchObject({ name: 'LeaseEndingError' })
  expect((await record()).people).toContainEqual(['ana', 'Ana Maria'])
  expect(await bench.published()).toEqual(before)

  bench.advance(LATE_WRITES_FOR_AT_MOST_MS)
  expect(await bench.sync()).toBe('succeeded')
  expect(await record()).toEqual(RIGHT)
  expect(await bench.integration()).toMatchObject({ record: { syncId: expect.any(String) }, lateWritesUntil: null })
})

test('Until then every sync compares with the record and leaves it dirty', async () => {
  const late = await lateRunAfterTakeover()
  bench.advance(LATE_WRITES_FOR_AT_MOST_MS - 1)
  expect(await bench.sync()).toBe('succeeded')
  await late.land()
  expect(isRecorded(await bench.integration())).toBe(false)
  bench.advance(1)
  expect(await bench.sync()).toBe('succeeded')
  expect(await record()).toEqual(RIGHT)
  expect(isRecorded(await bench.integration())).toBe(true)
})

test('A late snapshot part is removed and never used for an answer', async () => {
  bench.organization.rows = [used('ana', DAY, 50)]
  const late = await startLateRun(isSnapshotPart)
  bench.organization.rows = [used('ana', DAY, 6)]
  bench.advance(LEASE_MS)
  expect(await bench.sync()).toBe('succeeded')
  expect(await late.land()).toMatchObject({ name: 'LeaseEndingError' })
  bench.advance(LATE_WRITES_FOR_AT_MOST_MS)
  expect(await bench.sync()).toBe('succeeded')
  expect(rowsIn((await bench.published()).series.usage)).toEqual([used('ana', DAY, 6)])
  const { unpublishedGenerations, published } = await bench.integration()
  expect(unpublishedGenerations).toEqual([])
  const parts = (await itemsOf(bench.table, ORG)).filter((key) => key.startsWith('SNAPSHOT#'))
  // One with the people, one with their usage.
  const generations = publishedGenerations(published)
  expect(parts.toSorted()).toEqual(generations.map((each) => `SNAPSHOT#${ORG}#${each}#0 PART#000000`).toSorted())
})

test('A run whose lease expired starts and retries no batch, even if its slot was not taken', async () => {
  let sent = 0
  const table = tableThrough(bench.table, async ({ name, input }, forward) => {
    if (name !== 'BatchWriteCommand') return forward()
    sent += 1
    bench.advance(LEASE_MS)
    return { UnprocessedItems: input['RequestItems'] }
  })
  bench.organization.rows = [used('ana', DAY, 50)]
  const dependencies = { ...bench.dependencies, records: new RecordRepository(table) }
  const message = { kind: 'sync', integrationId: ORG, syncId: bench.nextId(), trigger: 'schedule' } as const
  const ended = runSync({ ...message, deliveryCount: 1 }, dependencies)
  await expect(ended).rejects.toMatchObject({ name: 'LeaseEndingError' })
  expect(sent).toBe(1)
})

test('A run also stops between the parts of a snapshot when its lease is about to end', async () => {
  bench.organization.people.push(listed('dan'))
  let parts = 0
  const table = tableThrough(bench.table, (command, forward) => {
    if (isSnapshotPart(command)) parts += 1
    bench.advance(isSnapshotPart(command) ? LEASE_MS : 0)
    return forward()
  })
  const dependencies = { ...bench.dependencies, snapshots: new SnapshotRepository(table) }
  const message = { kind: 'sync', integrationId: ORG, syncId: bench.nextId(), trigger: 'schedule' } as const
  const ended = runSync({ ...message, deliveryCount: 1 }, dependencies)
  await expect(ended).rejects.toMatchObject({ name: 'LeaseEndingError' })
  expect(parts).toBe(1)
})

test('Late writes of a deleted integration’s run are purged too', async () => {
  bench.organization.people = [listed('ana', { role: 'owner', name: 'Ana Maria' }), listed('bob'), listed('dan')]
  const late = await startLateRun(isBatch)
  await bench.dependencies.integrations.updateIntegration(ORG, (current) => ({ ...current, lifecycle: 'deleting' }))
  expect(await purgeIntegration(ORG, bench.dependencies)).toBe('sync_running')
  bench.advance(LEASE_MS)
  expect(await purgeIntegration(ORG, bench.dependencies)).toBe('late_writes_possible')
  expect(await itemsOf(bench.table, ORG)).toEqual([`INTEGRATIONS INTEGRATION#${ORG}`])
  await late.land()
  expect(await itemsOf(bench.table, ORG)).not.toEqual([`INTEGRATIONS INTEGRATION#${ORG}`])
  expect(await purgeIntegration(ORG, bench.dependencies)).toBe('late_writes_possible')
  bench.advance(LATE_WRITES_FOR_AT_MOST_MS)
  expect(await purgeIntegration(ORG, bench.dependencies)).toBe('purged')
  expect(await itemsOf(bench.table, ORG)).toEqual([])
})

/** Runs a sync whose first batch times out. `land` lets it reach the table afterwards. */
async function startRunWithLostBatch(deliveryCount: number) {
  let land: (() => Promise<unknown>) | undefined
  const table = tableThrough(bench.table, (command, forward) => {
    if (!isBatch(command) || land !== undefined) return forward()
    land = forward
    return Promise.reject(new Error('The request timed out.'))
  })
  const dependencies = { ...bench.dependencies, records: new RecordRepository(table) }
  const message = { kind: 'sync', integrationId: ORG, syncId: bench.nextId(), trigger: 'schedule' } as const
  await expect(runSync({ ...message, deliveryCount }, dependencies)).rejects.toThrow('timed out')
  return { syncId: message.syncId, land: () => land?.() }
}

test.each([1, 3])('A batch that timed out and arrives after a purge is purged too (delivery %d)', async (delivery) => {
  bench.organization.people = [listed('ana', { role: 'owner' }), listed('bob'), listed('dan')]
  const lost = await startRunWithLostBatch(delivery)
  await bench.dependencies.integrations.updateIntegration(ORG, (current) => ({ ...current, lifecycle: 'deleting' }))
  expect(await purgeIntegration(ORG, bench.dependencies)).toBe('late_writes_possible')
  await lost.land()
  expect(await itemsOf(bench.table, ORG)).toContain(`USERS#${ORG} USER#dan`)
  bench.advance(LATE_WRITES_FOR_AT_MOST_MS)
  expect(await purgeIntegration(ORG, bench.dependencies)).toBe('purged')
  expect(await itemsOf(bench.table, ORG)).toEqual([])
})

test('A batch that timed out and arrives after the next delivery succeeded does not stay in the record', async () => {
  bench.organization.people = [listed('ana', { role: 'owner' }), listed('bob'), listed('dan')]
  const lost = await startRunWithLostBatch(1)
  expect(await bench.sync({ syncId: lost.syncId, deliveryCount: 2 })).toBe('recorded')
  bench.organization.people = [listed('ana', { role: 'owner' }), listed('bob')]
  expect(await bench.sync()).toBe('succeeded')
  await lost.land()
  expect((await record()).people.map(([id]) => id)).toContain('dan')
  bench.advance(LATE_WRITES_FOR_AT_MOST_MS)
  expect(await bench.sync()).toBe('succeeded')
  expect((await record()).people.map(([id]) => id)).toEqual(['ana', 'bob'])
})

test('A sync displaced during the deletion and purge leaves no history entry', async () => {
  const { integrations, syncs } = bench.dependencies
  const putSync = syncs.putSync.bind(syncs)
  syncs.putSync = async (...args) => {
    await integrations.updateIntegration(ORG, (current) => ({ ...current, lifecycle: 'deleting' }))
    expect(await purgeIntegration(ORG, bench.dependencies)).toBe('purged')
    await putSync(...args)
  }
  const next = bench.nextId()
  const displacing = updateDisplacingSync(
    { integrations, syncs },
    ORG,
    (current) => ({ ...current, lastSync: current.lastSync && { ...current.lastSync, id: next } }),
    bench.clock.now,
  )
  await expect(displacing).rejects.toMatchObject({ name: 'IntegrationNotFoundError' })
  expect(await itemsOf(bench.table, ORG)).toEqual([])
})
