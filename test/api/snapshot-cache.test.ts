import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { LoadedSnapshot } from '../../functions/api/data/loaded-snapshot.ts'
import { SnapshotCache } from '../../functions/api/data/snapshot-cache.ts'
import type { Snapshot } from '../../shared/data-sets/snapshot.ts'
import { DEFAULT_THRESHOLDS } from '../../shared/domain/finding.ts'
import { openai } from '../../shared/providers/openai/openai.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { SnapshotRepository } from '../../shared/storage/snapshots.ts'
import { anIntegration, aPerson, aRow, aSnapshot } from '../builders.ts'
import { startLocalTable } from '../storage/local-table.ts'
import { writeSnapshot } from '../storage/write-snapshot.ts'
import { waitUntil } from '../watchdog.ts'
import { aKey } from '../data-sets/keys/a-key.ts'

const NAMES = ['one', 'two', 'three', 'four', 'five'] as const

type Name = (typeof NAMES)[number]

const idOf = (name: Name) => name.toUpperCase().padStart(26, '0')

class CountedSnapshots extends SnapshotRepository {
  readonly read: (Name | undefined)[] = []
  mostAtOnce = 0
  /** Reads end after this. */
  held: Promise<void> = Promise.resolve()
  private atOnce = 0

  override async readSnapshot(...args: Parameters<SnapshotRepository['readSnapshot']>) {
    this.read.push(NAMES.find((name) => idOf(name) === args[0]))
    this.atOnce += 1
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce)
    const snapshot = await super.readSnapshot(...args)
    await this.held
    this.atOnce -= 1
    return snapshot
  }
}

/** One person, and two rows of three keys and four amounts. */
const SNAPSHOT = aSnapshot([aPerson()], [aRow(), aRow({ model: 'gpt-5-mini' })])
const SNAPSHOT_BYTES = 10_000 + 1_100 + 2 * (3 * 4 + 4 * 8)

let local: Awaited<ReturnType<typeof startLocalTable>>
beforeAll(async () => {
  local = await startLocalTable()
  for (const id of NAMES.map((name) => idOf(name))) {
    const published = await writeSnapshot(new SnapshotRepository(local.table), id, 'G', SNAPSHOT)
    await new IntegrationRepository(local.table).createIntegration(anIntegration({ id, published }))
  }
})
afterAll(() => local.close())

function cacheKeeping(bytes?: number) {
  const snapshots = new CountedSnapshots(local.table)
  const integrations = new IntegrationRepository(local.table)
  return {
    snapshots,
    cache: new SnapshotCache(
      { integrations, snapshots, findingThresholds: DEFAULT_THRESHOLDS, now: () => new Date() },
      bytes === undefined ? {} : { bytesKept: bytes },
    ),
  }
}

async function readAll(cache: SnapshotCache, names: readonly Name[]) {
  for (const name of names) await cache.read(idOf(name))
}

test('The memory of a snapshot is estimated from the people, their projects and the rows of its tables', () => {
  const project = { id: 'proj_1', name: 'One', role: 'member' }
  const bytesOf = (snapshot: Snapshot) => new LoadedSnapshot(snapshot, [], openai.directory, DEFAULT_THRESHOLDS).bytes
  expect(bytesOf(SNAPSHOT)).toBe(SNAPSHOT_BYTES)
  expect(bytesOf(aSnapshot([aPerson({ projects: [project, project] })]))).toBe(10_000 + 1_100 + 2 * 110)
  const logins = ['ana', 'bob', 'cyn'].map((userId) => ({ userId, lastLoginOn: '2026-11-24' }))
  const lists = { keys: [aKey('1'), aKey('2')], invites: null, logins }
  expect(bytesOf({ ...SNAPSHOT, lists })).toBe(SNAPSHOT_BYTES + 2 * 1_010 + 3 * 100)
})

test('All snapshots are cached while their memory is below the limit', async () => {
  const { cache, snapshots } = cacheKeeping(5 * SNAPSHOT_BYTES)
  await readAll(cache, [...NAMES, ...NAMES])
  expect(snapshots.read).toEqual([...NAMES])
})

test('Above the limit, the least recently used snapshots are evicted', async () => {
  const { cache, snapshots } = cacheKeeping(5 * SNAPSHOT_BYTES - 1)
  await readAll(cache, [...NAMES.slice(0, 4), 'one', 'five', 'one', 'five', 'two'])
  expect(snapshots.read).toEqual(['one', 'two', 'three', 'four', 'five', 'two'])
})

test('The newest snapshot is cached, even if it is larger than the limit', async () => {
  const { cache, snapshots } = cacheKeeping(1)
  await readAll(cache, ['one', 'one', 'two', 'two', 'one'])
  expect(snapshots.read).toEqual(['one', 'two', 'one'])
})

test('Two snapshots are loaded at once, and further ones wait', async () => {
  const { cache, snapshots } = cacheKeeping()
  const { promise, resolve } = Promise.withResolvers<void>()
  snapshots.held = promise
  const reads = Promise.all(NAMES.map((name) => cache.read(idOf(name))))
  await waitUntil('two snapshots are being read', () => snapshots.read.length >= 2)
  resolve()
  await reads
  expect(new Set(snapshots.read)).toEqual(new Set(NAMES))
  expect(snapshots.mostAtOnce).toBe(2)
})

test('Concurrent requests share one read', async () => {
  const { cache, snapshots } = cacheKeeping()
  await Promise.all([cache.read(idOf('one')), cache.read(idOf('one')), cache.read(idOf('one'))])
  expect(snapshots.read).toEqual(['one'])
})
