import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { purgeIntegration } from '../../functions/sync/purge-integration.ts'
import { itemsOf } from '../api/stored-items.ts'
import { ORG } from '../builders.ts'
import { listed, startSyncBench, type SyncBench, used } from './sync-bench.ts'

let bench: SyncBench
beforeEach(async () => {
  bench = await startSyncBench()
  bench.organization.people = [listed('ana', { role: 'owner' })]
  bench.organization.rows = [used('ana', '2026-11-24', 5)]
  await bench.sync()
  await bench.dependencies.integrations.updateIntegration(ORG, (current) => ({ ...current, lifecycle: 'deleting' }))
})
afterEach(() => bench.close())

test('A purge that crashed is repeated and leaves nothing', async () => {
  const { syncs } = bench.dependencies
  const deleteSyncs = syncs.deleteSyncs.bind(syncs)
  syncs.deleteSyncs = () => Promise.reject(new Error('killed'))
  await expect(purgeIntegration(ORG, bench.dependencies)).rejects.toThrow('killed')
  syncs.deleteSyncs = deleteSyncs
  expect(await purgeIntegration(ORG, bench.dependencies)).toBe('purged')
  expect(await itemsOf(bench.table, ORG)).toEqual([])
})

test('Two concurrent purges both end and leave nothing', async () => {
  const outcomes = await Promise.all([1, 2].map(() => purgeIntegration(ORG, bench.dependencies)))
  expect(outcomes).toContain('purged')
  expect(await itemsOf(bench.table, ORG)).toEqual([])
})
