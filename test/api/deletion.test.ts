import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { cleanUp } from '../../functions/api/integrations/clean-up.ts'
import { purgeIntegration } from '../../functions/sync/purge-integration.ts'
import { KEY, OTHER_KEY, savedOnceConnected, startApiBench, type ApiBench, type SavedBench } from './api-bench.ts'
import { itemsOf } from './stored-items.ts'

/** A purge queries the table for each of them. */
const WINDOW_DAYS = 5

let bench: ApiBench
let id: string
let connected: SavedBench
beforeAll(async () => {
  const acme = await savedOnceConnected({ windowDays: WINDOW_DAYS })
  id = acme.id
  connected = acme.saved
})
beforeEach(async () => {
  bench = await startApiBench({ windowDays: WINDOW_DAYS, from: connected })
})
afterEach(() => bench.close())

const remove = () => bench.request('DELETE', `/integrations/${id}`)

test('A deleted integration is in no answer, its key is destroyed and its name is free', async () => {
  const answer = await remove()
  expect([answer.status, answer.text]).toEqual([204, ''])
  for (const path of ['', '/users', '/usage', '/licenses', '/syncs', '/users/ana', '/users/ana/usage']) {
    expect((await bench.request('GET', `/integrations/${id}${path}`)).status).toBe(404)
  }
  for (const [method, json] of [
    ['PATCH', { name: 'Back' }],
    ['POST', undefined],
  ] as const) {
    const path = method === 'POST' ? `/integrations/${id}/syncs` : `/integrations/${id}`
    expect((await bench.request(method, path, { json })).status).toBe(404)
  }
  expect((await bench.request('GET', '/integrations')).body).toMatchObject({ items: [] })
  expect(bench.keys.stored.size).toBe(0)
  expect((await bench.connect()).status).toBe(201)
})

test('All its data is purged in the background; its audit events stay', async () => {
  expect((await itemsOf(bench.table, id)).length).toBeGreaterThan(8)
  await remove()
  await bench.drain()
  expect(await itemsOf(bench.table, id)).toEqual([])
  const { body } = await bench.request('GET', '/audit-events')
  expect(body).toMatchObject({ items: [{ action: 'delete', integrationId: id, outcome: 'succeeded' }, {}] })
})

test('Repeating the deletion gives the same answer during the purge, and not found afterwards', async () => {
  await remove()
  expect((await remove()).status).toBe(204)
  await bench.drain()
  expect((await remove()).status).toBe(404)
})

test('A running sync cannot restore it, and the purge waits for the run to stop', async () => {
  bench.organization().whileReading = async () => {
    await remove()
    expect(await purgeIntegration(id, bench.dependencies)).toBe('sync_running')
  }
  await bench.scheduledSync(id)
  expect((await bench.request('GET', `/integrations/${id}`)).status).toBe(404)
  await bench.drain()
  expect(await itemsOf(bench.table, id)).toEqual([])
})

test('After a run crashed, the clean-up sends the purge again once the lease has expired', async () => {
  await bench.dependencies.integrations.updateIntegration(id, (current) => ({
    ...current,
    lastSync: current.lastSync && { ...current.lastSync, state: 'running' },
    lease: { expiresAt: new Date(bench.clock.now.getTime() + 900_000).toISOString(), attempt: 1 },
  }))
  await remove()
  await bench.drain()
  expect(await itemsOf(bench.table, id)).not.toEqual([])
  bench.advance(900_000)
  await cleanUp(bench.dependencies)
  await bench.drain()
  expect(await itemsOf(bench.table, id)).toEqual([])
})

test('A new key that is being stored during the deletion is destroyed', async () => {
  bench.keys.whileStoring = async () => {
    expect((await remove()).status).toBe(204)
  }
  const answer = await bench.request('PATCH', `/integrations/${id}`, { json: { adminApiKey: OTHER_KEY } })
  expect(answer.status).toBe(404)
  expect(bench.keys.stored.size).toBe(0)
  bench.advance(3_600_000)
  await cleanUp(bench.dependencies)
  await bench.drain()
  expect(await itemsOf(bench.table, id)).toEqual([])
})

test('The hourly clean-up frees only names that their holder no longer has, or whose holder is gone', async () => {
  const { names } = bench.dependencies
  const neverStale = () => Promise.resolve(false)
  const { holder: own } = (await names.listHeldNames())[0] ?? { holder: undefined }
  await names.reserveName('Long ago', { integrationId: id, reservationId: bench.dependencies.newId() }, neverStale)
  bench.advance(1_000_000)
  await names.reserveName('Just now', { integrationId: id, reservationId: bench.dependencies.newId() }, neverStale)
  await cleanUp(bench.dependencies)
  expect((await names.listHeldNames()).map(({ name }) => name)).toEqual(['acme', 'just now'])
  expect(await names.findHolder('Acme')).toEqual(own)
  await remove()
  await bench.drain()
  await cleanUp(bench.dependencies)
  expect(await itemsOf(bench.table, id)).toEqual([])
})

test('Invalid ids and integrations that are still being connected cannot be deleted', async () => {
  for (const other of ['nonsense', '%00', '01K0000000000000000000NONE']) {
    expect((await bench.request('DELETE', `/integrations/${other}`)).status).toBe(404)
  }
  expect(bench.keys.stored.get(id)?.secret).toBe(KEY)
})
