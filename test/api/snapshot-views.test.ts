import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { SnapshotViews } from '../../functions/api/data/snapshot-views.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { SnapshotRepository } from '../../shared/storage/snapshots.ts'
import { anIntegration, aPerson, aRow, aTable, WINDOW } from '../builders.ts'
import { startLocalTable } from '../storage/local-table.ts'

const NAMES = ['one', 'two', 'three', 'four', 'five'] as const

type Name = (typeof NAMES)[number]

const idOf = (name: Name) => name.toUpperCase().padStart(26, '0')

const PUBLISHED = {
  syncId: '01K0000000000000000000SYNC',
  syncedAt: '2026-11-24T12:00:00.000Z',
  window: WINDOW,
  generation: 'G',
  usageDigest: null,
  counts: { members: 1, guests: 0, inUse: 1, unused: 0, noData: 0 },
  inferredDomains: [],
}

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
  const usage = aTable([aRow(), aRow({ model: 'gpt-5-mini' })])
  for (const id of NAMES.map((name) => idOf(name))) {
    const parts = await new SnapshotRepository(local.table).writeSnapshot(id, 'G', { people: [aPerson()], usage })
    const published = { ...PUBLISHED, ...parts }
    await new IntegrationRepository(local.table).createIntegration(anIntegration({ id, published }))
  }
})
afterAll(() => local.close())

function viewsKeeping(rows?: number) {
  const snapshots = new CountedSnapshots(local.table)
  const integrations = new IntegrationRepository(local.table)
  return { snapshots, views: new SnapshotViews({ integrations, snapshots, now: () => new Date() }, rows) }
}

async function readAll(views: SnapshotViews, names: readonly Name[]) {
  for (const name of names) await views.read(idOf(name))
}

test('Four snapshots are cached; the least recently used one is evicted', async () => {
  const { views, snapshots } = viewsKeeping()
  await readAll(views, [...NAMES.slice(0, 4), 'one', 'five', 'one', 'five', 'two'])
  expect(snapshots.read).toEqual(['one', 'two', 'three', 'four', 'five', 'two'])
})

test('Fewer large snapshots are cached, and the newest always is', async () => {
  const { views, snapshots } = viewsKeeping(4)
  await readAll(views, ['one', 'two', 'one', 'two', 'three', 'two', 'three', 'one'])
  expect(snapshots.read).toEqual(['one', 'two', 'three', 'one'])
  const small = viewsKeeping(1)
  await readAll(small.views, ['one', 'one', 'two', 'two', 'one'])
  expect(small.snapshots.read).toEqual(['one', 'two', 'one'])
})

test('Concurrent requests share one read', async () => {
  const { views, snapshots } = viewsKeeping()
  await Promise.all([views.read(idOf('one')), views.read(idOf('one')), views.read(idOf('one'))])
  expect(snapshots.read).toEqual(['one'])
})
