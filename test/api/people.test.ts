import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { personSchema, peopleSchema, type WirePerson } from '../../shared/contracts/people-contract.ts'
import { listed, used } from '../sync/sync-bench.ts'
import { type ApiBench, KEY, OTHER_KEY, startApiBench } from './api-bench.ts'
import { rowsOf } from './parse-csv.ts'

let bench: ApiBench
let acme: string
let labs: string

beforeEach(async () => {
  bench = await startApiBench({ windowDays: 60 })
  const one = bench.organization(KEY)
  one.people = [
    listed('ana', { role: 'owner', name: 'Ana', email: 'Ana@MÜLLER.example' }),
    listed('bob', { name: 'Bob', email: 'bob@acme.example' }),
    listed('noname', { name: null, email: null }),
  ]
  one.rows = [used('ana', '2026-11-20', 5)]
  const two = bench.organization(OTHER_KEY)
  two.people = [
    listed('u-1', { role: 'owner', name: 'Ana Müller', email: ' ana@xn--mller-kva.example ' }),
    listed('noname', { name: null, email: null }),
    listed('zoe', { name: 'Zoë', email: 'zoe@acme.example' }),
  ]
  two.rows = [used('u-1', '2026-11-22', 7), used('zoe', '2026-10-01', 1)]
  acme = await bench.connected()
  labs = await bench.connected({ name: 'Labs', adminApiKey: OTHER_KEY })
})
afterEach(() => bench.close())

const people = async (query = '') => peopleSchema.parse((await bench.request('GET', `/people${query}`)).body)
const names = async (query: string) => (await people(query)).items.map(({ name, email }) => name ?? email)

test('Members of several organizations with the same address are one person; members without an address are one each', async () => {
  const { items, total, oldestSyncedAt, rosterEntries } = await people()
  expect(total).toBe(5)
  expect(oldestSyncedAt).toBe('2026-11-24T12:00:00.000Z')
  expect(rosterEntries).toBeNull()
  const ana = items.find(({ name }) => name === 'Ana Müller')
  expect(ana).toMatchObject({
    email: ' ana@xn--mller-kva.example ',
    lastActiveOn: '2026-11-22',
    requests: 12,
    memberships: [
      { integrationId: acme, integrationName: 'Acme', userId: 'ana', requests: 5, seat: { type: 'member' } },
      { integrationId: labs, integrationName: 'Labs', userId: 'u-1', requests: 7, license: 'in_use' },
    ],
  })
  expect(items.filter(({ email }) => email === null)).toHaveLength(2)
  expect(personSchema.parse((await bench.request('GET', `/people/${ana?.id ?? ''}`)).body)).toEqual(ana)
  expect((await bench.request('GET', '/people/nobody')).status).toBe(404)
})

test('They are found and filtered by one membership, and shown with all of them', async () => {
  expect(await names('?q=zoe')).toEqual(['Zoë'])
  expect(await names('?minOrganizations=2')).toEqual(['Ana Müller'])
  expect(await names(`?integrationId=${acme}&license=in_use`)).toEqual(['Ana Müller'])
  expect(await names('?provider=openai&sort=-requests&limit=2')).toEqual(['Ana Müller', 'Zoë'])
  expect(await names('?sort=-organizations&limit=1')).toEqual(['Ana Müller'])
  expect(await names('?idleDays=3&q=ana')).toEqual([])
  expect(await names('?idleDays=2&q=ana')).toEqual(['Ana Müller'])
  expect(await names('?idleDays=30')).toEqual(['Bob', 'Zoë', null, null])
  expect((await bench.request('GET', '/people?sort=cost')).status).toBe(400)
})

test('Two accounts in one organization are one organization', async () => {
  const { people: members } = bench.organization(OTHER_KEY)
  bench.organization(OTHER_KEY).people = [...members, listed('zoe-2', { name: 'Zoë 2', email: 'ZOE@acme.example' })]
  bench.advance(3_600_000)
  await bench.scheduledSync(labs)
  expect((await people('?q=zoe')).items[0]?.memberships).toHaveLength(2)
  expect(await names('?minOrganizations=2')).toEqual(['Ana Müller'])
  expect(await names('?sort=-organizations&limit=1')).toEqual(['Ana Müller'])
  const { text } = await bench.request('GET', '/people?format=csv&q=zoe')
  expect(rowsOf(text).map(({ organizations }) => organizations)).toEqual(['1', '1'])
})

test('Somebody who was removed from one organization is a member of the others alone', async () => {
  const before = (await people('?q=ana')).items[0]
  bench.organization(KEY).people = bench.organization(KEY).people.slice(1)
  bench.advance(3_600_000)
  await bench.scheduledSync(acme)
  const after = (await people('?q=ana')).items[0]
  expect(after?.id).toBe(before?.id)
  expect(after?.memberships.map(({ accountStatus }) => accountStatus)).toEqual(['removed', 'active'])
  expect(await names('?minOrganizations=2')).toEqual([])
  expect(await names('?accountStatus=removed')).toEqual(['Ana Müller'])
})

test('They come in pages, and as CSV with a row for each membership, whose export is recorded', async () => {
  const first = await people('?limit=3')
  const rest = await people(`?limit=3&cursor=${encodeURIComponent(first.nextCursor ?? '')}`)
  const all = [...first.items, ...rest.items]
  expect(rest.nextCursor).toBeNull()
  expect(new Set(all.map(({ id }: WirePerson) => id)).size).toBe(5)
  const { text } = await bench.request('GET', '/people?format=csv&q=ana')
  expect(rowsOf(text).map(({ personId, integrationName, requests }) => [personId, integrationName, requests])).toEqual([
    [all[0]?.id, 'Acme', '5'],
    [all[0]?.id, 'Labs', '7'],
  ])
  const { body } = await bench.request('GET', '/audit-events?limit=1')
  expect(body).toMatchObject({ items: [{ action: 'export', operation: 'listPeople', integrationId: null }] })
})

test('A deleted integration takes its memberships along, and a renamed one shows its name', async () => {
  await bench.request('PATCH', `/integrations/${labs}`, { json: { name: 'Research' } })
  expect((await people('?q=zoe')).items[0]?.memberships[0]?.integrationName).toBe('Research')
  await bench.request('DELETE', `/integrations/${labs}`)
  expect((await people()).total).toBe(3)
})

test('Ids of people say nothing about addresses: they differ between deployments', async () => {
  const [one] = (await people('?q=bob')).items
  const saved = await bench.save()
  const withoutSecret = saved.items.filter(({ pk }) => pk !== 'PEOPLE')
  const fresh = await startApiBench({ from: { ...saved, items: withoutSecret } })
  const { items } = peopleSchema.parse((await fresh.request('GET', '/people?q=bob')).body)
  await fresh.close()
  expect(items[0]?.id).toMatch(/^[\w-]{22}$/)
  expect(items[0]?.id).not.toBe(one?.id)
})

test('A list of people says how many employees the roster has', async () => {
  const raw = 'email\nbob@acme.example\nsomebody.else@acme.example'
  await bench.request('PUT', '/roster', { raw, headers: { 'content-type': 'text/csv' } })
  expect((await people('?limit=1')).rosterEntries).toBe(2)
  await bench.request('DELETE', '/roster')
  expect((await people('?limit=1')).rosterEntries).toBeNull()
})
