import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { IntegrationNotFoundError } from '../../shared/storage/errors.ts'
import { IntegrationRepository } from '../../shared/storage/integrations.ts'
import { NameTakenError } from '../../shared/storage/errors.ts'
import { NameRepository } from '../../shared/storage/names.ts'
import { anIntegration } from '../builders.ts'
import { tableThrough } from '../fakes/faulty-client.ts'
import { startLocalTable } from './local-table.ts'

let local: Awaited<ReturnType<typeof startLocalTable>>
beforeAll(async () => {
  local = await startLocalTable()
})
afterAll(() => local.close())

test('Two concurrent changes are both applied', async () => {
  const integrations = new IntegrationRepository(local.table)
  await integrations.createIntegration(anIntegration({ id: 'two', name: 'Acme', schedule: null }))
  await Promise.all([
    integrations.updateIntegration('two', (current) => ({ ...current, name: 'Acme Ltd' })),
    integrations.updateIntegration('two', (current) => ({ ...current, schedule: 'daily' })),
  ])
  expect(await integrations.getIntegration('two')).toEqual(
    anIntegration({ id: 'two', name: 'Acme Ltd', schedule: 'daily', revision: 2 }),
  )
})

test('No concurrent change is lost', async () => {
  const integrations = new IntegrationRepository(local.table)
  await integrations.createIntegration(anIntegration({ id: 'many', keyVersion: 0 }))
  const changes = Array.from({ length: 4 }, () =>
    integrations.updateIntegration('many', (current) => ({ ...current, keyVersion: current.keyVersion + 1 })),
  )
  await Promise.all(changes)
  expect(await integrations.getIntegration('many')).toMatchObject({ keyVersion: 4, revision: 4 })
})

test('A change that returns nothing or throws writes nothing', async () => {
  const integrations = new IntegrationRepository(local.table)
  await integrations.createIntegration(anIntegration({ id: 'same' }))
  expect(await integrations.updateIntegration('same', () => undefined)).toEqual(anIntegration({ id: 'same' }))
  const refused = integrations.updateIntegration('same', () => {
    throw new RangeError('Refused.')
  })
  await expect(refused).rejects.toThrow(RangeError)
  expect(await integrations.getIntegration('same')).toEqual(anIntegration({ id: 'same' }))
})

test('A write that the SDK retries after a lost reply counts as done, even after another write', async () => {
  const integrations = new IntegrationRepository(local.table)
  const lossy = tableThrough(local.table, async ({ name }, forward) => {
    if (name !== 'PutCommand') return forward()
    await forward()
    await integrations.updateIntegration('lost', (current) => ({ ...current, name: `${current.name}!` }))
    return forward()
  })
  const overLossy = new IntegrationRepository(lossy)
  await overLossy.createIntegration(anIntegration({ id: 'lost', name: 'Acme' }))
  let applied = 0
  const add = (current: ReturnType<typeof anIntegration>) => {
    applied += 1
    return { ...current, schedule: 'daily' }
  }
  expect(await overLossy.updateIntegration('lost', add)).toMatchObject({ schedule: 'daily' })
  expect(applied).toBe(1)
  expect(await integrations.getIntegration('lost')).toMatchObject({ name: 'Acme!!', schedule: 'daily' })
})

test('A removed integration is not found, and no update restores it', async () => {
  const integrations = new IntegrationRepository(local.table)
  await integrations.createIntegration(anIntegration({ id: 'gone' }))
  await integrations.removeIntegration('gone')
  await integrations.removeIntegration('gone')
  expect(await integrations.findIntegration('gone')).toBeUndefined()
  await expect(integrations.getIntegration('gone')).rejects.toThrow(IntegrationNotFoundError)
  await expect(integrations.updateIntegration('gone', (current) => current)).rejects.toThrow(IntegrationNotFoundError)
})

test('An id is created once; integrations in every lifecycle are listed', async () => {
  const integrations = new IntegrationRepository(local.table)
  await integrations.createIntegration(anIntegration({ id: 'z-pending', lifecycle: 'pending' }))
  await integrations.createIntegration(anIntegration({ id: 'z-deleting', lifecycle: 'deleting' }))
  await expect(integrations.createIntegration(anIntegration({ id: 'z-pending' }))).rejects.toThrow()
  const listed = await integrations.listIntegrations()
  expect(listed.filter(({ id }) => id.startsWith('z-')).map(({ lifecycle }) => lifecycle)).toEqual([
    'deleting',
    'pending',
  ])
  const scheduled = (await integrations.listScheduled()).filter(({ id }) => id.startsWith('z-'))
  expect(scheduled).toEqual([
    { id: 'z-deleting', schedule: null, lifecycle: 'deleting' },
    { id: 'z-pending', schedule: null, lifecycle: 'pending' },
  ])
})

const held = (integrationId: string, reservationId = 'first') => ({ integrationId, reservationId })

test('Names are equal in any case, spacing and Unicode form; of two concurrent reservations one succeeds', async () => {
  const names = new NameRepository(local.table)
  const isStale = () => Promise.resolve(false)
  const results = await Promise.allSettled([
    names.reserveName('Caf\u00e9', held('one'), isStale),
    names.reserveName(' CAFE\u0301 ', held('two'), isStale),
  ])
  expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const holder = await names.findHolder('café')
  await expect(names.reserveName('café', held('three'), isStale)).rejects.toThrow(NameTakenError)
  await names.releaseName('café', { integrationId: 'three' })
  expect(await names.findHolder('café')).toEqual(holder)
  await names.reserveName('café', held('three'), () => Promise.resolve(true))
  expect(await names.findHolder('café')).toEqual(held('three'))
})

test('Of two concurrent takeovers of a stale name one succeeds', async () => {
  const names = new NameRepository(local.table)
  await names.reserveName('Acme', held('abandoned'), () => Promise.resolve(false))
  const isStale = (holder: { integrationId: string }) => Promise.resolve(holder.integrationId === 'abandoned')
  const results = await Promise.allSettled([
    names.reserveName('ACME', held('one'), isStale),
    names.reserveName('acme', held('two'), isStale),
  ])
  expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await names.findHolder('Acme')).toEqual(held(results[0].status === 'fulfilled' ? 'one' : 'two'))
})

test('A name that its holder reserves again during another’s takeover stays with its holder', async () => {
  const names = new NameRepository(local.table)
  await names.reserveName('Acme', held('one'), () => Promise.resolve(false))
  const taking = names.reserveName('Acme', held('two'), async () => {
    await names.reserveName('Acme', held('one', 'again'), () => Promise.resolve(false))
    return true
  })
  await expect(taking).rejects.toThrow(NameTakenError)
  expect(await names.findHolder('Acme')).toEqual(held('one', 'again'))
  await names.releaseName('Acme', held('one'))
  expect(await names.findHolder('Acme')).toEqual(held('one', 'again'))
})
