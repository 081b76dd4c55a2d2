import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import { listed, used } from '../sync/sync-bench.ts'
import { KEY, OTHER_KEY, startApiBench, type ApiBench } from './api-bench.ts'

/*
 * “A key of an organization that is connected already (90 % of the first page of users have the id and the `added_at` of
 * members stored here) is refused as `organization_already_connected`, which names the integration; the cure is to replace
 * its key. The same is looked at when a key is replaced, and by a first sync before it publishes.”
 */

let bench: ApiBench
beforeEach(async () => {
  bench = await startApiBench({ windowDays: 2 })
  for (const key of [KEY, OTHER_KEY]) have(key, staff(120))
})
afterEach(() => bench.close())

const integration = z.object({ id: z.string() })

/** So many people, from a number on, who joined a day each. */
function staff(count: number, { from = 0, joinedIn = 2025 } = {}) {
  return Array.from({ length: count }, (_, index) => {
    const addedAt = new Date(Date.UTC(joinedIn, 0, from + index)).toISOString()
    return listed(`user-${from + index}`, { addedAt, role: index === 0 ? 'owner' : 'reader' })
  })
}

function have(key: string, people: ReturnType<typeof staff>): void {
  bench.organization(key).people = people
  bench.organization(key).rows = [used('user-1', '2026-11-24', 3)]
}

async function syncsOf(id: string) {
  return (await bench.request('GET', `/integrations/${id}`)).body
}

describe('A second key of a connected organization', () => {
  test("is refused with the integration's name and the fix, and nothing of it is stored", async () => {
    await bench.connected({ name: 'Acme Europe' })
    const { status, body } = await bench.connect({ name: 'Acme again', adminApiKey: OTHER_KEY })
    expect(status).toBe(409)
    expect(body).toMatchObject({
      code: 'organization_already_connected',
      detail: expect.stringContaining('“Acme Europe”'),
    })
    expect(body).toMatchObject({ detail: expect.stringContaining('replace the key') })
    expect((await bench.request('GET', '/integrations')).body).toMatchObject({ items: [{ name: 'Acme Europe' }] })
    expect(bench.keys.stored.size).toBe(1)
    expect((await bench.request('GET', '/audit-events')).body).toMatchObject({
      items: [{ action: 'connect', outcome: 'failed', code: 'organization_already_connected' }, {}],
    })
  })

  test('is refused even when some people joined and left since the last sync', async () => {
    await bench.connected()
    have(OTHER_KEY, [...staff(115, { from: 5 }), ...staff(3, { from: 500 })])
    expect((await bench.connect({ name: 'Again', adminApiKey: OTHER_KEY })).body).toMatchObject({
      code: 'organization_already_connected',
    })
  })

  test('does not fail because of the name unless that is taken, as when a form is sent twice', async () => {
    await bench.connected()
    expect((await bench.connect()).body).toMatchObject({ code: 'name_taken' })
  })

  test('is accepted once the first integration is deleted', async () => {
    const id = await bench.connected()
    await bench.request('DELETE', `/integrations/${id}`)
    expect((await bench.connect({ name: 'Again', adminApiKey: OTHER_KEY })).status).toBe(201)
    await bench.drain()
  })

  test('is accepted by the integration itself as a replacement of its key', async () => {
    const id = await bench.connected()
    const answer = await bench.request('PATCH', `/integrations/${id}`, { json: { adminApiKey: OTHER_KEY } })
    expect(answer.status).toBe(200)
    await bench.drain()
    expect(await syncsOf(id)).toMatchObject({ lastSync: { state: 'succeeded', trigger: 'key_change' } })
  })

  test('is refused as a replacement of another integration’s key, which stays in use', async () => {
    await bench.connected({ name: 'First' })
    have(OTHER_KEY, staff(120, { from: 1_000 }))
    const id = await bench.connected({ name: 'Second', adminApiKey: OTHER_KEY })
    have(OTHER_KEY, staff(120))
    const answer = await bench.request('PATCH', `/integrations/${id}`, {
      json: { adminApiKey: OTHER_KEY, name: 'New' },
    })
    expect(answer.body).toMatchObject({
      code: 'organization_already_connected',
      detail: expect.stringContaining('“First”'),
    })
    expect(await syncsOf(id)).toMatchObject({ name: 'Second', state: 'connected', problem: null })
  })

  test('reads no page of members while nothing is connected, and does not fail when that page cannot be read', async () => {
    let pages = 0
    const organization = bench.organization(KEY)
    organization.directory.readFirstPage = () => {
      pages += 1
      organization.failsWith = 'provider_unreachable'
      return organization.directory.read()
    }
    expect((await bench.connect()).status).toBe(201)
    expect(pages).toBe(0)
    await bench.drain()
    expect((await bench.connect({ name: 'Again' })).status).toBe(201)
    expect(pages).toBe(1)
  })
})

describe('Organizations of one company that share most people are both connected', () => {
  test.each([
    ['with ids of their own', () => staff(120, { from: 1_000 })],
    ['with times of joining of their own', () => staff(120, { joinedIn: 2024 })],
    ['with fewer than 90 of the first 100 the same', () => [...staff(11, { from: 1_000 }), ...staff(109)]],
  ])('%s', async (_title, people) => {
    await bench.connected({ name: 'One' })
    have(OTHER_KEY, people())
    const id = await bench.connected({ name: 'Two', adminApiKey: OTHER_KEY })
    expect(await syncsOf(id)).toMatchObject({ state: 'connected', lastSync: { state: 'succeeded' } })
  })
})

describe('Two keys of one organization, connected before either was synced', () => {
  test('are detected by the first sync of the second: it fails, names the first, and requires action', async () => {
    const first = integration.parse((await bench.connect({ name: 'First' })).body).id
    const second = integration.parse((await bench.connect({ name: 'Second', adminApiKey: OTHER_KEY })).body).id
    await bench.drain()
    expect(await syncsOf(first)).toMatchObject({ state: 'connected', lastSync: { state: 'succeeded' } })
    expect(await syncsOf(second)).toMatchObject({
      state: 'action_required',
      problem: { code: 'organization_already_connected', detail: expect.stringContaining('“First”') },
      lastSync: { state: 'failed', written: { users: 0, usageRows: 0 } },
      lastSuccessfulSyncAt: null,
      counts: { members: 0 },
    })

    await bench.request('DELETE', `/integrations/${first}`)
    await bench.drain()
    bench.advance(3_600_000)
    await bench.scheduledSync(second)
    expect(await syncsOf(second)).toMatchObject({ state: 'connected', problem: null, counts: { members: 120 } })
  })

  test('leave nothing of the refused one once it is deleted', async () => {
    await bench.connect({ name: 'First' })
    const second = integration.parse((await bench.connect({ name: 'Second', adminApiKey: OTHER_KEY })).body).id
    await bench.drain()
    expect((await bench.request('DELETE', `/integrations/${second}`)).status).toBe(204)
    await bench.drain()
    expect((await bench.request('GET', '/integrations')).body).toMatchObject({ items: [{ name: 'First' }] })
    expect(await bench.dependencies.integrations.findIntegration(second)).toBeUndefined()
  })
})
