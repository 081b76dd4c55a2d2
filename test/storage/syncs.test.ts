import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Sync } from '../../shared/domain/sync.ts'
import { SyncRepository } from '../../shared/storage/syncs.ts'
import { startLocalTable } from './local-table.ts'

let local: Awaited<ReturnType<typeof startLocalTable>>
beforeAll(async () => {
  local = await startLocalTable()
})
afterAll(() => local.close())

const FIRST = '01KAAAAAAAAAAAAAAAAAAAAAAA'
const SECOND = '01KBBBBBBBBBBBBBBBBBBBBBBB'
const THIRD = '01KCCCCCCCCCCCCCCCCCCCCCCC'

test('Syncs are listed newest first, a page at a time, in whatever order they were written', async () => {
  const syncs = new SyncRepository(local.table)
  for (const id of [SECOND, THIRD, FIRST]) await syncs.putSync('one', aSync(id))
  expect((await syncs.listSyncs('one', { limit: 2 })).map((sync) => sync.id)).toEqual([THIRD, SECOND])
  expect((await syncs.listSyncs('one', { limit: 2, before: SECOND })).map((sync) => sync.id)).toEqual([FIRST])
  expect(await syncs.listSyncs('one', { limit: 2, before: FIRST })).toEqual([])
})

test('A sync written again is the newer one', async () => {
  const syncs = new SyncRepository(local.table)
  await syncs.putSync('two', aSync(FIRST, { state: 'queued', finishedAt: null }))
  await syncs.putSync('two', aSync(FIRST))
  expect(await syncs.findSync('two', FIRST)).toEqual(aSync(FIRST))
  expect(await syncs.findSync('two', SECOND)).toBeUndefined()
})

test('An integration’s syncs are deleted, and no other’s', async () => {
  const syncs = new SyncRepository(local.table)
  await syncs.putSync('three', aSync(FIRST))
  await syncs.putSync('four', aSync(FIRST))
  await syncs.deleteSyncs('three')
  await syncs.deleteSyncs('three')
  expect(await syncs.listSyncs('three', { limit: 10 })).toEqual([])
  expect(await syncs.listSyncs('four', { limit: 10 })).toEqual([aSync(FIRST)])
})

function aSync(id: string, overrides: Partial<Sync> = {}): Sync {
  return {
    id,
    state: 'succeeded',
    trigger: 'schedule',
    queuedAt: '2026-11-24T09:00:00.000Z',
    startedAt: '2026-11-24T09:00:01.000Z',
    finishedAt: '2026-11-24T09:00:09.000Z',
    progress: null,
    problem: null,
    read: { users: 3, usageRows: 5 },
    written: { users: 0, usageRows: 1 },
    removedUsers: 0,
    ...overrides,
  }
}
