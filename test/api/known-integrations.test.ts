import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { KnownIntegrations } from '../../functions/api/integrations/known-integrations.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { anIntegration } from '../builders.ts'
import { keys } from '../../shared/storage/table.ts'
import { startLocalTable } from '../storage/local-table.ts'

const IDS = Array.from({ length: 12 }, (_, place) => String(place).padStart(26, '0'))

class CountedIntegrations extends IntegrationRepository {
  lists = 0
  readonly found: string[] = []

  override async listIntegrations() {
    this.lists += 1
    return super.listIntegrations()
  }

  override async findIntegration(id: string) {
    this.found.push(id)
    return super.findIntegration(id)
  }
}

let local: Awaited<ReturnType<typeof startLocalTable>>
let integrations: CountedIntegrations
let known: KnownIntegrations
beforeAll(async () => {
  local = await startLocalTable()
})
beforeEach(async () => {
  await local.table.deletePartition(keys.integrations)
  integrations = new CountedIntegrations(local.table)
  for (const id of IDS) await integrations.createIntegration(anIntegration({ id, name: id }))
  known = new KnownIntegrations(integrations)
  expect((await known.list()).map(({ id }) => id)).toEqual(IDS)
  integrations.lists = 0
})
afterAll(() => local.close())

const rename = (ids: readonly string[]) =>
  Promise.all(ids.map((id) => new IntegrationRepository(local.table).updateIntegration(id, renamed)))
const renamed = (current: ReturnType<typeof anIntegration>) => ({ ...current, name: 'Renamed' })
const namesOf = (ids: readonly string[]) => IDS.map((id) => (ids.includes(id) ? 'Renamed' : id))

test('What has not changed is not read again', async () => {
  const before = await known.list()
  expect(await known.list()).toEqual(before)
  expect([integrations.lists, integrations.found]).toEqual([0, []])
})

test('A changed integration is read alone', async () => {
  await rename(IDS.slice(0, 1))
  expect((await known.list()).map(({ name }) => name)).toEqual(namesOf(IDS.slice(0, 1)))
  expect([integrations.lists, integrations.found]).toEqual([0, IDS.slice(0, 1)])
})

test('After many changes, all are read at once', async () => {
  await rename(IDS)
  expect((await known.list()).map(({ name }) => name)).toEqual(namesOf(IDS))
  expect([integrations.lists, integrations.found]).toEqual([1, []])
})

test('A deleted integration is gone, and a new one is there', async () => {
  const [first = '', ...others] = IDS
  await local.table.batchWrite([{ delete: keys.integration(first) }])
  const added = anIntegration({ id: '9'.repeat(26) })
  await integrations.createIntegration(added)
  expect((await known.list()).map(({ id }) => id)).toEqual([...others, added.id])
})
