import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { purgeIntegration } from '../../functions/sync/purge-integration.ts'
import { LATE_WRITES_FOR_AT_MOST_MS } from '../../shared/integrations/sync-slot.ts'
import { RecordRepository } from '../../shared/storage/records.ts'
import { itemsOf } from '../api/stored-items.ts'
import { ORG } from '../builders.ts'
import { tableThrough } from '../fakes/faulty-client.ts'
import { listed, startSyncBench, used, type SyncBench } from './sync-bench.ts'

const DAY_MS = 86_400_000
const FIRST_DAY = '2026-09-26'

let bench: SyncBench
beforeAll(async () => {
  bench = await startSyncBench()
  bench.organization.people = [listed('ana', { role: 'owner' })]
  bench.organization.rows = [used('ana', FIRST_DAY, 3), used('ana', '2026-11-24', 5)]
  await bench.sync()
})
afterAll(() => bench.close())

test('A day that leaves the window during a crashed run is removed by the next run, and no purge misses it', async () => {
  const { records } = bench.dependencies
  const broken = tableThrough(bench.table, ({ name }, forward) =>
    name === 'BatchWriteCommand' ? Promise.reject(new Error('killed')) : forward(),
  )
  bench.advance(DAY_MS)
  Object.assign(bench.dependencies, { records: new RecordRepository(broken) })
  await expect(bench.sync()).rejects.toThrow('killed')
  Object.assign(bench.dependencies, { records })
  bench.advance(LATE_WRITES_FOR_AT_MOST_MS)
  expect(await bench.sync()).toBe('succeeded')
  expect(await itemsOf(bench.table, ORG)).not.toContainEqual(expect.stringContaining(FIRST_DAY))

  await bench.dependencies.integrations.updateIntegration(ORG, (current) => ({ ...current, lifecycle: 'deleting' }))
  bench.advance(LATE_WRITES_FOR_AT_MOST_MS)
  expect(await purgeIntegration(ORG, bench.dependencies)).toBe('purged')
  expect(await itemsOf(bench.table, ORG)).toEqual([])
})
