import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { SnapshotCache } from '../../functions/api/data/snapshot-cache.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { SnapshotRepository } from '../../shared/storage/snapshots.ts'
import { anIntegration, aPerson, aRow, aSnapshot } from '../builders.ts'
import { startLocalTable } from '../storage/local-table.ts'
import { writeSnapshot } from '../storage/write-snapshot.ts'

const NAMES = ['one', 'two', 'three', 'four', 'five'] as const

type Name = (typeof NAMES)[number]

const idOf = (name: Name) => name.toUpperCase().padStart(26, '0')

class CountedSnapshots extends SnapshotRepository {
  readonly read: (Name | undefined)[] = []

  override async readSnapshot(...args: Parameters<SnapshotRepository['readSnapshot']>) {
    this.read.push(NAMES.find((name) => idOf(name) === args[0]))
    return super.readSnapshot(...args)
  }
}

let local: Awaited<ReturnType<typeof startLocalTable>>
beforeAll(async () => {
  local = await startLocalTable()
  const snapshot = aSnapshot([aPerson()], [aRow(), aRow({ model: 'gpt-5-mini' })])
  for (const id of NAMES.map((name) => idOf(name))) {
    const published = await writeSnapshot(new SnapshotRepository(local.table), id, 'G', snapshot)
    await new IntegrationRepository(local.table).createIntegration(anIntegration({ id, published }))
  }
})
afterAll(() => local.close())

function cacheKeeping(rows?: number) {
  const snapshots = new CountedSnapshots(local.table)
  const integrations = new IntegrationRepository(local.table)
  return { snapshots, cache: new SnapshotCache({ integrations, snapshots, now: () => new Date() }, rows) }
}

async function readAll(cache: SnapshotCache, names: readonly Name[]) {
  for (const name of names) await cache.read(idOf(name))
}

test('Four snapshots are cached; the least recently used one is evicted', async () => {
  const { cache, snapshots } = cacheKeeping()
  await readAll(cache, [...NAMES.slice(0, 4), 'one', 'five', 'one', 'five', 'two'])
  expect(snapshots.read).toEqual(['one', 'two', 'three', 'four', 'five', 'two'])
})

test('Fewer large snapshots are cached, and the newest always is', async () => {
  const { cache, snapshots } = cacheKeeping(4)
  await readAll(cache, ['one', 'two', 'one', 'two', 'three', 'two', 'three', 'one'])
  expect(snapshots.read).toEqual(['one', 'two', 'three', 'one'])
  const small = cacheKeeping(1)
  await readAll(small.cache, ['one', 'one', 'two', 'two', 'one'])
  expect(small.snapshots.read).toEqual(['one', 'two', 'one'])
})

test('Concurrent requests share one read', async () => {
  const { cache, snapshots } = cacheKeeping()
  await Promise.all([cache.read(idOf('one')), cache.read(idOf('one')), cache.read(idOf('one'))])
  expect(snapshots.read).toEqual(['one'])
})
