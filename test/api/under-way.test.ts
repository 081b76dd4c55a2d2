import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { cleanUp } from '../../functions/api/integrations/clean-up.ts'
import { connectIntegration } from '../../functions/api/integrations/connect-integration.ts'
import { editIntegration } from '../../functions/api/integrations/edit-integration.ts'
import { purgeIntegration } from '../../functions/sync/purge-integration.ts'
import { IntegrationNotFoundError } from '../../shared/storage/errors.ts'
import { KEY, OTHER_KEY, startApiBench, type ApiBench } from './api-bench.ts'
import { waitFor } from '../watchdog.ts'
import { itemsOf } from './stored-items.ts'

const MINUTE_MS = 60_000

let bench: ApiBench
beforeEach(async () => {
  bench = await startApiBench({ windowDays: 2 })
})
afterEach(() => bench.close())

const stored = () => bench.dependencies.integrations.listIntegrations()

test('A connection whose key is being stored is left alone by clean-ups for 15 minutes', async () => {
  bench.keys.whileStoring = async () => {
    for (const ageMs of [0, 15 * MINUTE_MS]) {
      bench.advance(ageMs)
      await cleanUp(bench.dependencies)
      expect(await stored()).toMatchObject([{ lifecycle: 'pending' }])
    }
  }
  expect((await bench.connect()).status).toBe(201)
  expect(await stored()).toMatchObject([{ lifecycle: 'visible', name: 'Acme' }])
  expect([...bench.keys.stored.values()]).toEqual([{ secret: KEY, keyVersion: 1 }])
})

test('An older one counts as abandoned and is removed with its name', async () => {
  bench.keys.whileStoring = async () => {
    bench.advance(15 * MINUTE_MS + 1)
    await cleanUp(bench.dependencies)
    expect(await stored()).toEqual([])
  }
  const request = { provider: 'openai', name: 'Acme', adminApiKey: KEY } as const
  await expect(connectIntegration(bench.dependencies, request)).rejects.toThrow(IntegrationNotFoundError)
  expect([await bench.dependencies.names.listHeldNames(), bench.keys.stored.size]).toEqual([[], 0])
})

test('A pending key change survives a sync and a clean-up, and takes effect', async () => {
  const id = await bench.connected()
  bench.keys.whileStoring = async () => {
    bench.advance(MINUTE_MS - 1)
    await bench.scheduledSync(id)
    await cleanUp(bench.dependencies)
    expect(await stored()).toMatchObject([{ keyVersion: 1, pendingEdit: { key: { keyVersion: 2 } } }])
  }
  const json = { adminApiKey: OTHER_KEY, name: 'Renamed' }
  const answer = await bench.request('PATCH', `/integrations/${id}`, { json })
  expect([answer.status, answer.body]).toMatchObject([200, { name: 'Renamed', keyHint: 'QRST' }])
  expect(await stored()).toMatchObject([{ keyVersion: 2, pendingEdit: null }])
})

test('A purge waits while a key is being stored, which would otherwise outlive its integration', async () => {
  const id = await bench.connected()
  bench.keys.whileStoring = async () => {
    expect((await bench.request('DELETE', `/integrations/${id}`)).status).toBe(204)
    expect(await purgeIntegration(id, bench.dependencies)).toBe('key_not_destroyed')
    await bench.drain()
    expect(await stored()).toMatchObject([{ id, lifecycle: 'deleting' }])
  }
  const answer = await bench.request('PATCH', `/integrations/${id}`, { json: { adminApiKey: OTHER_KEY } })
  expect([answer.status, bench.keys.stored.size]).toEqual([404, 0])
  await bench.drain()
  expect(await itemsOf(bench.table, id)).toEqual([])
})

test('A change of the key whose call crashed is completed by a sync, which the clean-up sends', async () => {
  const id = await bench.connected()
  const isStored = Promise.withResolvers<void>()
  bench.keys.afterStoring = () => {
    isStored.resolve()
    return new Promise(() => {})
  }
  void editIntegration(bench.dependencies, id, { adminApiKey: OTHER_KEY })
  await waitFor('the key to be stored', isStored.promise)
  bench.advance(MINUTE_MS)
  await cleanUp(bench.dependencies)
  await bench.drain()
  expect(await stored()).toMatchObject([
    { keyVersion: 2, keyHint: 'QRST', pendingEdit: null, lastSync: { state: 'succeeded' } },
  ])
})

test('No answer shows an integration from the moment on when its key is destroyed', async () => {
  const id = await bench.connected()
  const statuses: number[] = []
  bench.keys.whileDestroying = async () => {
    statuses.push((await bench.request('GET', `/integrations/${id}`)).status)
  }
  expect((await bench.request('DELETE', `/integrations/${id}`)).status).toBe(204)
  expect(statuses).toEqual([404])
})

test('If the storing call crashed, the purge waits until the clean-up has destroyed the key', async () => {
  const id = await bench.connected()
  bench.keys.afterStoring = () => new Promise(() => {})
  const isStored = Promise.withResolvers<void>()
  bench.keys.whileStoring = async () => {
    await bench.request('DELETE', `/integrations/${id}`)
    isStored.resolve()
  }
  void editIntegration(bench.dependencies, id, { adminApiKey: OTHER_KEY })
  await waitFor('the key to be stored', isStored.promise)
  await bench.drain()
  expect(await purgeIntegration(id, bench.dependencies)).toBe('key_not_destroyed')
  expect(bench.keys.stored.size).toBe(1)
  bench.advance(MINUTE_MS)
  await cleanUp(bench.dependencies)
  expect(bench.keys.stored.size).toBe(0)
  await bench.drain()
  expect(await itemsOf(bench.table, id)).toEqual([])
})
