import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { deriveUsers } from '../../shared/data-sets/directory/directory-user.ts'
import { ORG, RULES } from '../builders.ts'
import { listed, startSyncBench, type SyncBench, used } from './sync-bench.ts'

let bench: SyncBench

beforeEach(async () => {
  bench = await startSyncBench()
  bench.organization.people = [listed('ana', { role: 'owner' }), listed('bob'), listed('cyn')]
  bench.organization.rows = [used('ana', '2026-11-24', 5), used('bob', '2026-09-26', 3), used(null, '2026-11-02', 7)]
})
afterEach(() => bench.close())

/** The generation of the published summary, after checking that users derived from it are those of the whole snapshot. */
async function publishedSummary(): Promise<string> {
  const { published } = await bench.integration()
  if (published === null) throw new Error('Nothing is published.')
  const summary = await bench.dependencies.snapshots.readSummary(ORG, published.summary)
  expect(deriveUsers(summary, [], RULES)).toEqual(deriveUsers(await bench.published(), [], RULES))
  return published.summary.generation
}

test('Each sync publishes a summary of what it published, and the same one when nothing changed', async () => {
  await bench.sync()
  const first = await publishedSummary()
  bench.advance(3_600_000)
  await bench.sync()
  expect(await publishedSummary()).toBe(first)
  bench.organization.people = [listed('ana', { role: 'owner' }), listed('bob', { role: 'owner' })]
  await bench.sync()
  expect(await publishedSummary()).not.toBe(first)
})

test('A summary is as of its days: use that left the window is not in it, although nothing else changed', async () => {
  await bench.sync()
  const first = await publishedSummary()
  bench.advance(86_400_000)
  await bench.sync()
  expect(await publishedSummary()).not.toBe(first)
})

test('A replaced summary is deleted by the sync after', async () => {
  await bench.sync()
  const first = (await bench.integration()).published?.summary ?? { generation: '', parts: 0 }
  for (const requests of [6, 7]) {
    bench.organization.rows = [used('ana', '2026-11-24', requests)]
    await bench.sync()
  }
  await expect(bench.dependencies.snapshots.readSummary(ORG, first)).rejects.toThrow('is incomplete')
})
