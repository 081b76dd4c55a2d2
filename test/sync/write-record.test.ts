import { splitGeneration } from '../../shared/storage/generation.ts'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { LATE_WRITES_FOR_AT_MOST_MS } from '../../shared/integrations/sync-slot.ts'
import { isRecorded } from '../../shared/integrations/integration.ts'
import { itemsOf } from '../api/stored-items.ts'
import { ORG, rowsIn, rowsOf, writtenBy } from '../builders.ts'
import { listed, startSyncBench, used, type SyncBench } from './sync-bench.ts'

const MINUTE_MS = 60_000

/** The record is read day by day when it is in doubt, so the window is short. */
let bench: SyncBench
beforeEach(async () => {
  bench = await startSyncBench({ windowDays: 2 })
  bench.organization.people = [listed('ana', { role: 'owner' }), listed('bob'), listed('cyn')]
  bench.organization.rows = [used('ana', '2026-11-24', 5), used('bob', '2026-11-23', 3)]
  await bench.sync()
  bench.advance(MINUTE_MS)
})
afterEach(() => bench.close())

function change() {
  bench.organization.people = [listed('ana', { role: 'owner', name: 'Ana Maria' }), listed('bob'), listed('dan')]
  bench.organization.rows = [used('ana', '2026-11-24', 50), used('dan', '2026-11-23', 1)]
}

/** A sync whose process ends at the first call of a method. */
async function killedAt<Name extends string>(part: Record<Name, (...args: never[]) => Promise<unknown>>, name: Name) {
  const original = part[name]
  part[name] = () => Promise.reject(new Error('killed'))
  const syncId = bench.nextId()
  await expect(bench.sync({ syncId })).rejects.toThrow('killed')
  part[name] = original
  bench.advance(MINUTE_MS)
  return syncId
}

/** The record and the published data, in one order. */
async function recordAndPublished() {
  const { people, series } = await bench.published()
  const record = await bench.dependencies.records.readRecord(ORG, series.usage.window)
  const sorted = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).toSorted()
  return [
    [sorted(record.people), sorted(rowsIn(record.series.usage))],
    [sorted(people), sorted(rowsIn(series.usage))],
  ]
}

async function expectRecordWhole() {
  const [record, published] = await recordAndPublished()
  expect(record).toEqual(published)
}

test('A sync that is killed before it publishes leaves answers and record unchanged', async () => {
  const before = await bench.integration()
  change()
  await killedAt(bench.dependencies.snapshots, 'writeItems')
  const after = await bench.integration()
  expect([after.published, after.record]).toEqual([before.published, before.record])
  expect(rowsOf((await bench.published()).series.usage, 'ana')).toEqual([used('ana', '2026-11-24', 5)])
  await expectRecordWhole()
})

test('A sync that is killed while it writes the record has published, and its next delivery reads nothing', async () => {
  change()
  const syncId = await killedAt(bench.dependencies.records, 'writeDays')
  const published = await bench.integration()
  expect(published).toMatchObject({
    lastSync: { id: syncId, state: 'succeeded', dataSets: { directory: { written: 3 }, usage: { written: 3 } } },
    published: { dataSets: { directory: { syncId }, usage: { syncId } } },
  })
  expect(isRecorded(published)).toBe(false)
  expect(rowsOf((await bench.published()).series.usage, 'ana')).toEqual([used('ana', '2026-11-24', 50)])

  bench.organization.failsWith = 'invalid_admin_key'
  expect(await bench.sync({ syncId, deliveryCount: 2 })).toBe('recorded')
  await expectRecordWhole()
  const after = await bench.integration()
  expect(after.lastSync).toEqual(published.lastSync)
  expect(after.published).toEqual(published.published)
  expect(after.lease).toBeNull()
  expect(await bench.sync({ syncId, deliveryCount: 3 })).toBe('recorded')
})

test('Otherwise the next sync compares with the record and repairs it, until no late write is possible', async () => {
  change()
  await killedAt(bench.dependencies.records, 'writeDays')
  bench.organization.rows = [used('ana', '2026-11-24', 5)]
  bench.advance(900_000)
  expect(await bench.sync()).toBe('succeeded')
  await expectRecordWhole()
  // The process may have ended because a write timed out that still arrives.
  expect(isRecorded(await bench.integration())).toBe(false)
  bench.advance(LATE_WRITES_FOR_AT_MOST_MS)
  expect(await bench.sync()).toBe('succeeded')
  expect(isRecorded(await bench.integration())).toBe(true)
})

test('A sync that cannot read repairs the record of one that was killed, and frees the slot', async () => {
  change()
  await killedAt(bench.dependencies.records, 'writeUsers')
  bench.organization.failsWith = 'invalid_admin_key'
  bench.advance(LATE_WRITES_FOR_AT_MOST_MS)
  expect(await bench.sync()).toBe('failed')
  await expectRecordWhole()
  // The process may have ended because a write timed out that still arrives.
  bench.advance(LATE_WRITES_FOR_AT_MOST_MS)
  expect(await bench.sync()).toBe('failed')
  const after = await bench.integration()
  expect([isRecorded(after), after.lease]).toEqual([true, null])
})

test('A failing sync that is killed while it repairs the record does so when it is delivered again', async () => {
  change()
  await killedAt(bench.dependencies.records, 'writeUsers')
  bench.organization.failsWith = 'provider_unreachable'
  bench.advance(LATE_WRITES_FOR_AT_MOST_MS)
  const syncId = await killedAt(bench.dependencies.records, 'writeUsers')
  expect((await bench.integration()).lastSync).toMatchObject({ id: syncId, state: 'failed' })
  expect(await bench.sync({ syncId, deliveryCount: 2 })).toBe('recorded')
  await expectRecordWhole()
})

test('A sync that reads the same as one that was killed repairs its record', async () => {
  change()
  await killedAt(bench.dependencies.records, 'writeUsers')
  expect(await bench.sync()).toBe('succeeded')
  expect(writtenBy((await bench.integration()).lastSync)).toEqual({ directory: 0, usage: 0 })
  await expectRecordWhole()
})

test('The third failure while writing the record leaves the sync succeeded and frees the slot', async () => {
  change()
  const syncId = await killedAt(bench.dependencies.records, 'writeDays')
  const { records } = bench.dependencies
  records.writeDays = () => Promise.reject(new Error('killed'))
  await expect(bench.sync({ syncId, deliveryCount: 3 })).rejects.toThrow('killed')
  expect(await bench.integration()).toMatchObject({ lastSync: { id: syncId, state: 'succeeded' }, lease: null })
})

test('A snapshot that cannot be deleted fails no sync and is deleted by a later one', async () => {
  const { snapshots } = bench.dependencies
  const remove = snapshots.deleteSnapshot.bind(snapshots)
  snapshots.deleteSnapshot = () => Promise.reject(new Error('The table is slow.'))
  for (const requests of [6, 7]) {
    bench.organization.rows = [used('ana', '2026-11-24', requests)]
    expect(await bench.sync()).toBe('succeeded')
  }
  const old = async () => (await bench.integration()).unpublishedGenerations
  const replaced = (await old()).map((generation) => splitGeneration(generation).dataSet)
  expect(replaced.toSorted()).toEqual(['summary', 'summary', 'usage', 'usage'])
  snapshots.deleteSnapshot = remove
  expect(await bench.sync()).toBe('succeeded')
  expect(await old()).toEqual([])
})

test('While the record cannot be written, snapshots that were replaced do not pile up', async () => {
  const { records } = bench.dependencies
  records.writeDays = () => Promise.reject(new Error('The table refuses it.'))
  for (const requests of [6, 7, 8, 9]) {
    bench.organization.rows = [used('ana', '2026-11-24', requests)]
    bench.advance(LATE_WRITES_FOR_AT_MOST_MS)
    await expect(bench.sync({ deliveryCount: 3 })).rejects.toThrow('The table refuses it.')
  }
  const partitions = (await itemsOf(bench.table, ORG)).filter((key) => key.startsWith(`SNAPSHOT#${ORG}#usage.`))
  // The published one, and the one before it for readers that have its pointer.
  expect(partitions).toHaveLength(2)
})

test('A sync with unchanged usage reads and writes no stored usage, and still finds who joined and left', async () => {
  const { snapshots } = bench.dependencies
  const before = await bench.integration()
  const read = snapshots.readTable.bind(snapshots)
  snapshots.readTable = () => Promise.reject(new Error('the usage was read'))
  bench.organization.people = [...bench.organization.people.slice(0, 2), listed('dan')]
  expect(await bench.sync()).toBe('succeeded')
  snapshots.readTable = read
  const { lastSync, published } = await bench.integration()
  expect([writtenBy(lastSync), lastSync?.removedUsers]).toEqual([{ directory: 2, usage: 0 }, 1])
  expect(lastSync?.dataSets).toMatchObject({ directory: { unchanged: false }, usage: { unchanged: true } })
  expect(published?.dataSets['usage']?.generation).toBe(before.published?.dataSets['usage']?.generation)
  expect(published?.dataSets.directory.generation).not.toBe(before.published?.dataSets.directory.generation)
  await expectRecordWhole()
})
