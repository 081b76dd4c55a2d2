import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { dispatch, type DispatchDependencies } from '../../functions/dispatch/dispatch.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { FakeQueue } from '../fakes/fake-queue.ts'
import { startLocalTable } from '../storage/local-table.ts'
import { anIntegration } from '../builders.ts'

let local: Awaited<ReturnType<typeof startLocalTable>>
let queue: FakeQueue
let dependencies: DispatchDependencies

beforeEach(async () => {
  local = await startLocalTable()
  queue = new FakeQueue()
  let ids = 0
  dependencies = {
    integrations: new IntegrationRepository(local.table),
    queue,
    schedules: [
      { name: 'every-6-hours', default: true },
      { name: 'nightly', default: false },
    ],
    newId: () => `id-${(ids += 1)}`,
    logger: { info() {}, warn() {}, error() {} },
  }
})
afterEach(() => local.close())

async function store(id: string, overrides: Parameters<typeof anIntegration>[0]) {
  await dependencies.integrations.createIntegration(anIntegration({ id, ...overrides }))
}

test('Every integration on the schedule gets one message; the default schedule stands in for one that is gone', async () => {
  await store('a', { schedule: null })
  await store('b', { schedule: 'every-6-hours' })
  await store('c', { schedule: 'nightly' })
  await store('d', { schedule: 'gone' })
  await store('e', { lifecycle: 'deleting' })
  await store('f', { lifecycle: 'pending' })
  expect(await dispatch('every-6-hours', dependencies)).toEqual({ sent: 3 })
  expect(queue.syncs.map((message) => [message.integrationId, message.trigger])).toEqual([
    ['a', 'schedule'],
    ['b', 'schedule'],
    ['d', 'schedule'],
  ])
  expect(new Set(queue.syncs.map((message) => message.syncId)).size).toBe(3)
  expect(await dispatch('nightly', dependencies)).toEqual({ sent: 1 })
})

test('A queue that refuses is told to whoever dispatches', async () => {
  await store('a', {})
  queue.failsWith = new Error('the queue refused')
  await expect(dispatch('every-6-hours', dependencies)).rejects.toThrow('the queue refused')
})
