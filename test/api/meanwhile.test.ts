import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { cleanUp } from '../../functions/api/integrations/clean-up.ts'
import { editIntegration } from '../../functions/api/integrations/edit-integration.ts'
import { startSync } from '../../functions/api/syncs/start-sync.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { tableThrough } from '../fakes/faulty-client.ts'
import { listed } from '../sync/sync-bench.ts'
import { OTHER_KEY, startApiBench, type ApiBench } from './api-bench.ts'

let bench: ApiBench
let id: string
beforeAll(async () => {
  bench = await startApiBench()
  id = await bench.connected()
})
afterAll(() => bench.close())

beforeEach(async () => {
  bench.queue.messages.length = 0
  await bench.dependencies.integrations.updateIntegration(id, (current) => ({
    ...current,
    name: 'Acme',
    pendingEdit: null,
  }))
})

const stored = () => bench.dependencies.integrations.getIntegration(id)

test('A sync that could not be queued does not remove one that replaced it meanwhile', async () => {
  const send = async () => {
    await bench.request('PATCH', `/integrations/${id}`, { json: { adminApiKey: OTHER_KEY } })
    throw new Error('The queue did not answer.')
  }
  const dependencies = { ...bench.dependencies, queue: { send, sendAll: send } }
  await expect(startSync(dependencies, id)).rejects.toThrow('The queue did not answer.')
  expect(await stored()).toMatchObject({ lastSync: { state: 'queued', trigger: 'key_change' } })
  await bench.drain()
  expect(await stored()).toMatchObject({ lastSync: { state: 'succeeded', trigger: 'key_change' } })
})

test('Counts under new company domains are recomputed when a sync publishes meanwhile', async () => {
  const { snapshots } = bench.dependencies
  const read = snapshots.readSnapshot.bind(snapshots)
  snapshots.readSnapshot = async (...args) => {
    snapshots.readSnapshot = read
    const before = await read(...args)
    for (const organization of bench.organizations.values()) {
      organization.people = [...organization.people, listed('dan'), listed('eve', { email: 'eve@agency.example' })]
    }
    await bench.scheduledSync(id)
    return before
  }
  const edited = await editIntegration(bench.dependencies, id, { companyDomains: ['agency.example'] })
  expect(edited.published?.counts).toMatchObject({ members: 3, guests: 2 })
  const back = await editIntegration(bench.dependencies, id, { companyDomains: null })
  expect(back.published?.counts).toMatchObject({ members: 3, guests: 2 })
})

test('A rename whose reply was lost keeps its name', async () => {
  const table = tableThrough(bench.table, async ({ input }, forward) => {
    const result = await forward()
    const { name, pendingEdit } = Object(input['Item']) as Record<string, unknown>
    if (name === 'Renamed' && pendingEdit === undefined) throw new Error('The table did not answer.')
    return result
  })
  const dependencies = { ...bench.dependencies, integrations: new IntegrationRepository(table) }
  await expect(editIntegration(dependencies, id, { name: 'Renamed' })).rejects.toThrow('The table did not answer.')
  expect(await stored()).toMatchObject({ name: 'Renamed', pendingEdit: null })
  expect(await bench.dependencies.names.findHolder('Renamed')).toMatchObject({ integrationId: id })
})

test('A rename does not free a name that another integration has taken', async () => {
  const { names, newId } = bench.dependencies
  const other = { integrationId: newId(), reservationId: newId() }
  await names.releaseName('Acme', { integrationId: id })
  await names.reserveName('Acme', other, () => Promise.resolve(true))
  await editIntegration(bench.dependencies, id, { name: 'Other name' })
  expect(await names.findHolder('Acme')).toEqual(other)
  expect(await names.findHolder('Other name')).toMatchObject({ integrationId: id })
})

test('A clean-up that found an abandoned rename leaves a newer one unchanged', async () => {
  const { integrations, now } = bench.dependencies
  const rename = (name: string, ageMs: number) =>
    integrations.updateIntegration(id, (current) => {
      const startedAt = new Date(now().getTime() - ageMs).toISOString()
      return { ...current, pendingEdit: { id: name, startedAt, fields: { name }, key: null } }
    })
  await rename('Abandoned', 3_600_000)
  const list = integrations.listIntegrations.bind(integrations)
  integrations.listIntegrations = async () => {
    integrations.listIntegrations = list
    const listed = await list()
    await rename('Under way', 0)
    return listed
  }
  await cleanUp(bench.dependencies)
  expect(await stored()).toMatchObject({ pendingEdit: { id: 'Under way' } })
})
