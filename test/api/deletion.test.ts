import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { cleanUp } from '../../functions/api/integrations/clean-up.ts'
import { purgeIntegration } from '../../functions/sync/purge-integration.ts'
import { KEY, OTHER_KEY, savedOnceConnected, startApiBench, type ApiBench, type SavedBench } from './api-bench.ts'
import { itemsOf } from './stored-items.ts'

/** A purge asks the table for each of them. */
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

test('A deleted integration is gone from every answer at once, its key destroyed, its name free', async () => {
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

test('Its data is purged in the background, all of it; what it was about stays in the audit events', async () => {
  expect((await itemsOf(bench.table, id)).length).toBeGreaterThan(8)
  await remove()
  await bench.drain()
  expect(await itemsOf(bench.table, id)).toEqual([])
  const { body } = await bench.request('GET', '/audit-events')
  expect(body).toMatchObject({ items: [{ action: 'delete', integrationId: id, outcome: 'succeeded' }, {}] })
})

test('Repeating it is harmless: while its data is purged it answers the same, afterwards that there is none', async () => {
  await remove()
  expect((await remove()).status).toBe(204)
  await bench.drain()
  expect((await remove()).status).toBe(404)
})

test('A running sync cannot bring it back, and the purge waits for it to stop', async () => {
  bench.organization().whileReading = async () => {
    await remove()
    expect(await purgeIntegration(id, bench.dependencies)).toBe('sync_running')
  }
  await bench.scheduledSync(id)
  expect((await bench.request('GET', `/integrations/${id}`)).status).toBe(404)
  await bench.drain()
  expect(await itemsOf(bench.table, id)).toEqual([])
})

test('After a run that was killed, the clean-up sends the purge again once the lease has lapsed', async () => {
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

test('A new key that is being stored while it is deleted does not stay behind', async () => {
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

test('The hourly clean-up frees a name that its holder has long not had, and that of a holder that is gone; no other', async () => {
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

test('What cannot be an id, and what is being connected, is not there to delete', async () => {
  for (const other of ['nonsense', '%00', '01K0000000000000000000NONE']) {
    expect((await bench.request('DELETE', `/integrations/${other}`)).status).toBe(404)
  }
  expect(bench.keys.stored.get(id)?.secret).toBe(KEY)
})
