import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { dispatch, type DispatchDependencies } from '../../functions/dispatch/dispatch.ts'
import type { SyncMessage } from '../../shared/ports/sync-queue.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { NameRepository } from '../../shared/storage/names.ts'
import { startLocalTable } from '../storage/local-table.ts'
import { anIntegration } from '../builders.ts'

const NOW = new Date('2026-11-24T12:00:00.000Z')

let local: Awaited<ReturnType<typeof startLocalTable>>
let sent: SyncMessage[]
let destroyed: string[]
let dependencies: DispatchDependencies

beforeEach(async () => {
  local = await startLocalTable()
  sent = []
  destroyed = []
  dependencies = {
    integrations: new IntegrationRepository(local.table),
    names: new NameRepository(local.table),
    keys: {
      putKey: () => Promise.resolve(),
      destroyKey: async (integrationId) => void destroyed.push(integrationId),
    },
    queue: { send: async (message) => void sent.push(message) },
    schedules: [
      { name: 'every-6-hours', expression: 'rate(6 hours)', timeZone: 'UTC', default: true },
      { name: 'nightly', expression: 'cron(0 2 * * ? *)', timeZone: 'UTC', default: false },
    ],
    newId: () => `id-${sent.length}`,
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
  expect(await dispatch({ scheduleName: 'every-6-hours', now: NOW }, dependencies)).toEqual({ sent: 3 })
  expect(sent.map((message) => [message.integrationId, message.trigger])).toEqual([
    ['a', 'schedule'],
    ['b', 'schedule'],
    ['d', 'schedule'],
  ])
  expect(new Set(sent.map((message) => message.syncId)).size).toBe(3)
  expect(await dispatch({ scheduleName: 'nightly', now: NOW }, dependencies)).toEqual({ sent: 1 })
})

test('A connection abandoned for more than 15 minutes is removed with its key and its name; a younger one is left', async () => {
  await store('old', { lifecycle: 'pending', name: 'Old', createdAt: '2026-11-24T11:44:59.000Z' })
  await store('new', { lifecycle: 'pending', name: 'New', createdAt: '2026-11-24T11:45:01.000Z' })
  await dependencies.names.reserveName('Old', 'old', () => Promise.resolve(false))
  await dispatch({ scheduleName: 'every-6-hours', now: NOW }, dependencies)
  expect((await dependencies.integrations.listIntegrations()).map((integration) => integration.id)).toEqual(['new'])
  expect(await dependencies.names.findHolder('Old')).toBeUndefined()
  expect(destroyed).toEqual(['old'])
})

test('One integration that cannot be sent holds up no other, and the failure is thrown', async () => {
  await store('a', {})
  await store('b', {})
  const queue = {
    send: async (message: SyncMessage) => {
      if (message.integrationId === 'a') throw new Error('the queue refused')
      sent.push(message)
    },
  }
  await expect(dispatch({ scheduleName: 'every-6-hours', now: NOW }, { ...dependencies, queue })).rejects.toThrow(
    'Integrations not dispatched: 1.',
  )
  expect(sent.map((message) => message.integrationId)).toEqual(['b'])
})
