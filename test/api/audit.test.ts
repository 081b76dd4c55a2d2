import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { cleanUp } from '../../functions/api/integrations/clean-up.ts'
import { VIEWER } from './api-event.ts'
import { KEY, OTHER_KEY, savedOnceConnected, startApiBench, type ApiBench, type SavedBench } from './api-bench.ts'

const DAY_MS = 86_400_000

let bench: ApiBench
let id: string
let connected: SavedBench
beforeAll(async () => {
  const acme = await savedOnceConnected()
  id = acme.id
  connected = acme.saved
})
beforeEach(async () => {
  bench = await startApiBench({ from: connected })
})
afterEach(() => bench.close())

async function events(): Promise<Record<string, unknown>[]> {
  const { body } = await bench.request('GET', '/audit-events?limit=1000')
  return (body as { items: Record<string, unknown>[] }).items
}

test('Every action is recorded with actor, action, integration, field names and outcome', async () => {
  await bench.request('PATCH', `/integrations/${id}`, { json: { name: 'New name', companyDomains: ['x.example'] } })
  await bench.request('PATCH', `/integrations/${id}`, { json: { adminApiKey: OTHER_KEY } })
  await bench.drain()
  await bench.request('POST', `/integrations/${id}/syncs`)
  await bench.request('GET', `/integrations/${id}/users?format=csv&q=ana`, { claims: VIEWER })
  await bench.request('DELETE', `/integrations/${id}`, { claims: VIEWER })
  await bench.request('DELETE', `/integrations/${id}`)
  const by = (sub: string, name: string) => ({ subject: sub, name })
  const done = { outcome: 'succeeded', code: null, integrationId: id, at: '2026-11-24T12:00:00.000Z' }
  expect(await events()).toMatchObject([
    { ...done, actor: by('admin-1', 'Ada'), action: 'delete', changedFields: [] },
    {
      actor: by('viewer-1', 'Vic'),
      action: 'refused_write',
      operation: 'deleteIntegration',
      integrationId: id,
      outcome: 'refused',
      code: 'forbidden',
    },
    { ...done, actor: by('viewer-1', 'Vic'), action: 'export', changedFields: [] },
    { ...done, actor: by('admin-1', 'Ada'), action: 'manual_sync', changedFields: [] },
    { ...done, actor: by('admin-1', 'Ada'), action: 'key_change', changedFields: ['adminApiKey'] },
    { ...done, actor: by('admin-1', 'Ada'), action: 'edit', changedFields: ['name', 'companyDomains'] },
    { ...done, actor: by('admin-1', 'Ada'), action: 'connect', changedFields: ['provider', 'name', 'adminApiKey'] },
  ])
})

test('Events of one call are found, also those of one integration alone, and page by page', async () => {
  await bench.request('PATCH', `/integrations/${id}`, { json: { name: 'First' } })
  await bench.request('POST', `/integrations/${id}/syncs`)
  await bench.request('PATCH', `/integrations/${id}`, { json: { name: 'Second' } })
  const found = async (query: string) => {
    const { body } = await bench.request('GET', `/audit-events?${query}`)
    return body as { items: { operation: string }[]; nextCursor: string | null }
  }
  const operationsIn = async (query: string) => (await found(query)).items.map(({ operation }) => operation)
  expect(await operationsIn('operation=editIntegration')).toEqual(['editIntegration', 'editIntegration'])
  expect(await operationsIn(`operation=startSync&integrationId=${id}`)).toEqual(['startSync'])
  expect(await operationsIn('operation=startSync&integrationId=other')).toEqual([])
  expect(await operationsIn('operation=replaceRoster')).toEqual([])
  const { nextCursor } = await found('operation=editIntegration&limit=1')
  expect(await operationsIn(`operation=editIntegration&limit=1&cursor=${nextCursor}`)).toEqual(['editIntegration'])
  expect((await bench.request('GET', `/audit-events?operation=startSync&cursor=${nextCursor}`)).status).toBe(400)
})

test('No event contains a value: no name, no key, no domain, no search text', async () => {
  await bench.request('PATCH', `/integrations/${id}`, { json: { name: 'Sesame', companyDomains: ['open.example'] } })
  await bench.request('GET', `/integrations/${id}/users?format=csv&q=sesame`)
  const text = JSON.stringify(await events())
  for (const value of ['Sesame', 'sesame', 'open.example', 'Acme', KEY]) expect(text).not.toContain(value)
})

test('Failures are recorded with their code; invalid requests are not recorded', async () => {
  bench.organization(OTHER_KEY).failsWith = 'not_an_admin_key'
  await bench.connect({ name: 'Other', adminApiKey: OTHER_KEY })
  await bench.request('PATCH', `/integrations/${id}`, { json: { nonsense: 1 } })
  await bench.request('POST', `/integrations/${id}/syncs`)
  await bench.request('POST', `/integrations/${id}/syncs`)
  expect(await events()).toMatchObject([
    { action: 'manual_sync', outcome: 'failed', code: 'sync_in_progress' },
    { action: 'manual_sync', outcome: 'succeeded' },
    { action: 'connect', integrationId: null, outcome: 'failed', code: 'not_an_admin_key' },
    { action: 'connect', outcome: 'succeeded' },
  ])
})

test('Without its first record an action does not run; without the last one it reads unfinished and its effect stays', async () => {
  const { audit } = bench.dependencies
  const putEvent = audit.putEvent.bind(audit)
  audit.putEvent = () => Promise.reject(new Error('the table is slow'))
  expect((await bench.request('PATCH', `/integrations/${id}`, { json: { name: 'Renamed' } })).status).toBe(500)
  let writes = 0
  audit.putEvent = async (event) => {
    writes += 1
    if (writes > 1) throw new Error('the table is slow')
    await putEvent(event)
  }
  expect((await bench.request('GET', `/integrations/${id}`)).body).toMatchObject({ name: 'Acme' })
  expect((await bench.request('PATCH', `/integrations/${id}`, { json: { name: 'Renamed' } })).status).toBe(200)
  expect((await events())[0]).toMatchObject({ action: 'edit', outcome: 'unfinished', code: null })
})

test('Events are listed newest first, in pages with cursors', async () => {
  for (let turn = 0; turn < 4; turn += 1) {
    await bench.request('PATCH', `/integrations/${id}`, { json: { schedule: null } })
  }
  const wanted = (await events()).map((event) => String(event['id']))
  expect(wanted).toHaveLength(5)
  expect(wanted).toEqual(wanted.toSorted().toReversed())
  const seen: unknown[] = []
  let target = '/audit-events?limit=2'
  for (let page = 0; page < 3; page += 1) {
    const { items, nextCursor } = (await bench.request('GET', target)).body as {
      items: { id: string }[]
      nextCursor: string | null
    }
    seen.push(...items.map((event) => event.id))
    target = `/audit-events?limit=2&cursor=${nextCursor}`
    if (page === 2) expect(nextCursor).toBeNull()
  }
  expect(seen).toEqual(wanted)
  const { body } = await bench.request('GET', `/integrations/${id}/syncs?limit=1`)
  const foreign = (body as { nextCursor: string | null }).nextCursor ?? 'x'
  expect((await bench.request('GET', `/audit-events?cursor=${foreign}`)).status).toBe(400)
})

test('The events of one integration can be listed in pages, even after its deletion', async () => {
  const other = await bench.connected({ name: 'Other', adminApiKey: OTHER_KEY })
  for (const path of [id, other, id])
    await bench.request('PATCH', `/integrations/${path}`, { json: { schedule: null } })
  await bench.request('DELETE', `/integrations/${id}`)
  const seen: string[] = []
  let cursor = ''
  for (let page = 0; page < 4; page += 1) {
    const { body } = await bench.request('GET', `/audit-events?integrationId=${id}&limit=1${cursor}`)
    const { items, nextCursor } = body as {
      items: { integrationId: string; action: string }[]
      nextCursor: string | null
    }
    expect(items.map((event) => event.integrationId)).toEqual([id])
    seen.push(...items.map(({ action }) => action))
    expect(nextCursor === null).toBe(page === 3)
    cursor = `&cursor=${nextCursor}`
    if (page === 0)
      expect((await bench.request('GET', `/audit-events?integrationId=${other}${cursor}`)).status).toBe(400)
  }
  expect(seen).toEqual(['delete', 'edit', 'edit', 'connect'])
  const unknown = await bench.request('GET', '/audit-events?integrationId=nobody')
  expect(unknown.body).toEqual({ items: [], nextCursor: null })
})

test('Events expire after 400 days, first in answers, then in the table', async () => {
  bench.advance(400 * DAY_MS)
  await cleanUp(bench.dependencies)
  expect(await events()).toHaveLength(1)
  bench.advance(1)
  expect(await events()).toEqual([])
  expect(await bench.dependencies.audit.listEvents({ limit: 10 })).toHaveLength(1)
  await cleanUp(bench.dependencies)
  expect(await bench.dependencies.audit.listEvents({ limit: 10 })).toEqual([])
})
