import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { waitFor, waitUntil } from '../watchdog.ts'
import { ORG } from '../builders.ts'
import { listed, startSyncBench, type SyncBench } from './sync-bench.ts'

let bench: SyncBench
beforeAll(async () => {
  bench = await startSyncBench()
})
afterAll(() => bench.close())

test('While keys wait for answers, progress names them, though others reported last and nothing more is reported', async () => {
  const [asked, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const repeated = { everyMs: 0, call: () => {}, isStopped: false }
  const { organization, clock, dependencies } = bench
  organization.people = [listed('ana')]
  organization.lists['keys'] = {
    check: async () => {},
    read: async (onPage) => {
      onPage?.(7, 201)
      asked.resolve()
      await answered.promise
      return { items: [], rows: 0, isComplete: true }
    },
  }
  organization.lists['invites'] = {
    check: async () => {},
    read: async (onPage) => {
      onPage?.(3, null)
      return { items: [], rows: 0, isComplete: true }
    },
  }
  Object.assign(dependencies, {
    optionalDataSets: ['keys', 'invites'],
    repeat: (everyMs: number, call: () => void) => {
      Object.assign(repeated, { everyMs, call })
      return () => void (repeated.isStopped = true)
    },
  })
  const syncId = bench.nextId()
  const syncing = bench.sync({ syncId })
  await waitFor('the keys to be read', asked.promise)
  expect(await dependencies.syncs.findProgress(ORG, syncId)).toBeUndefined()
  clock.now = new Date(clock.now.getTime() + repeated.everyMs)
  repeated.call()
  const progress = await waitUntil('the progress', () => dependencies.syncs.findProgress(ORG, syncId))
  expect(progress).toEqual({ phase: 'keys', done: 7, total: 201 })
  expect(repeated).toMatchObject({ everyMs: 2_000, isStopped: false })
  answered.resolve()
  expect(await waitFor('the sync to end', syncing)).toBe('succeeded')
  expect(repeated.isStopped).toBe(true)
})
