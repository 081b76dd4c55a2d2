import { afterAll, expect, test } from '@jest/globals'
import { itemsOf } from '../api/stored-items.ts'
import { startThrottledTable } from '../fakes/throttled-table.ts'
import { startSeed } from '../histories/seed.ts'
import { expectRecord } from './expect-record.ts'
import { recordFigures } from './figures.ts'
import { startSynced } from './provider-bench.ts'

const seed = startSeed('throttled-keys')
/** Far less than DynamoDB gives, so that a small organization exceeds it. */
const RATES = { write: 100, read: 300 }
const SIZE = 500
const totals = { requests: 0, throttled: 0 }

afterAll(() => recordFigures('throttled-keys', totals))

test('Behind a table that throttles each key, syncs succeed, old snapshots are deleted, and a deletion leaves nothing', async () => {
  const table = await startThrottledTable(RATES)
  const bench = await startSynced(seed, 1, { size: SIZE, startTable: async () => table })
  const { api, id } = bench
  try {
    await bench.compare()
    await expectRecord(bench, table)
    for (let sync = 1; sync <= 3; sync += 1) {
      bench.change()
      expect(await bench.sync(bench.organization)).toMatchObject({ code: null })
    }
    await expectRecord(bench, table)
    const { unpublishedGenerations, published, record } = await api.dependencies.integrations.getIntegration(id)
    expect(record?.syncId).toBe(published?.dataSets.directory.syncId)
    // Those that the last sync replaced.
    expect(unpublishedGenerations.length).toBeLessThanOrEqual(3)
    expect((await api.request('DELETE', `/integrations/${id}`)).status).toBe(204)
    await api.drain()
    expect(await itemsOf(table.clean, id)).toEqual([])
  } finally {
    const { requests, throttled } = table.takeCounts()
    totals.requests += requests
    totals.throttled += throttled
    await bench.close()
  }
})
