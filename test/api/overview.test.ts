import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { overviewSchema } from '../../shared/contracts/overview-contract.ts'
import { peopleSchema } from '../../shared/contracts/people-contract.ts'
import type { CostRow } from '../../shared/data-sets/costs/costs.ts'
import { listed, used } from '../sync/sync-bench.ts'
import { type ApiBench, KEY, OTHER_KEY, startApiBench } from './api-bench.ts'

let bench: ApiBench
let acme: string

beforeEach(async () => {
  bench = await startApiBench({ windowDays: 60 })
  const one = bench.organization(KEY)
  one.people = [
    listed('ana', { role: 'owner', name: 'Ana', email: 'ana@acme.example' }),
    listed('eve', { role: 'owner', name: 'Eve', email: 'eve@elsewhere.example' }),
    listed('guest', { name: 'Gus', email: 'gus@elsewhere.example' }),
    listed('bot', { kind: 'service_account', name: 'Bot', email: null }),
  ]
  one.rows = [used('ana', '2026-11-20', 5)]
  one.costRows = [
    cost('2026-10-03', '100.5'),
    cost('2026-10-30', '7'),
    cost('2026-11-03', '0.25'),
    cost('2026-11-24', '3'),
    cost('2026-11-24', '900', 'JPY'),
  ]
  const two = bench.organization(OTHER_KEY)
  two.people = [
    listed('u-1', { role: 'owner', name: 'Ana', email: 'ANA@acme.example' }),
    listed('off', { name: 'Off', email: 'off@acme.example', accountStatus: 'disabled' }),
  ]
  two.rows = []
  two.costRows = [cost('2026-11-24', '0.0000000001')]
  acme = await bench.connected({ companyDomains: ['acme.example'] })
  await bench.connected({ name: 'Labs', adminApiKey: OTHER_KEY, companyDomains: ['acme.example'] })
})
afterEach(() => bench.close())

function cost(day: string, amount: string, currency = 'USD'): CostRow {
  return { day, userId: null, report: 'total', subject: '', lineItem: '', currency, cost: amount }
}

const overview = async () => overviewSchema.parse((await bench.request('GET', '/overview')).body)

test('People are counted once, and seats and licenses by membership', async () => {
  expect(await overview()).toMatchObject({
    people: 3,
    outsiders: { people: 2, owners: 1 },
    seats: { member: 3, guest: 1 },
    licenses: { inUse: 1, unused: 2, noData: 1 },
    oldestSyncedAt: '2026-11-24T12:00:00.000Z',
  })
})

test('Those outside are exactly the people whom the list shows as outside, and follow the company domains', async () => {
  const outside = async (value: 'true' | 'false', owner = '') => {
    const answer = await bench.request('GET', `/people?outside=${value}${owner}`)
    return peopleSchema.parse(answer.body).items.map(({ name }) => name)
  }
  expect(await outside('true')).toEqual(['Eve', 'Gus'])
  expect(await outside('true', '&owner=true')).toEqual(['Eve'])
  expect(await outside('true', '&owner=false')).toEqual(['Gus'])
  expect(await outside('false')).toEqual(['Ana'])
  await bench.request('PATCH', `/integrations/${acme}`, { json: { companyDomains: ['elsewhere.example'] } })
  expect(await outside('true')).toEqual(['Ana'])
  expect(await outside('false')).toEqual(['Ana', 'Eve', 'Gus'])
  expect((await overview()).outsiders).toEqual({ people: 1, owners: 1 })
})

test('Costs are those of the month of the latest day, and of the month before, by currency', async () => {
  expect((await overview()).costs).toEqual([
    {
      currency: 'JPY',
      to: '2026-11-24',
      thisMonth: '900',
      sameDaysLastMonth: '0',
      lastMonth: '0',
      finished: { to: '2026-11-22', thisMonth: '0', sameDaysLastMonth: '0' },
    },
    {
      currency: 'USD',
      to: '2026-11-24',
      thisMonth: '3.2500000001',
      sameDaysLastMonth: '100.5',
      lastMonth: '107.5',
      finished: { to: '2026-11-22', thisMonth: '0.25', sameDaysLastMonth: '100.5' },
    },
  ])
})

test('An organization that fell behind is stale, and its costs are named; this month is then that of the others', async () => {
  bench.clock.now = new Date('2026-12-05T12:00:00.000Z')
  await bench.scheduledSync(acme)
  const { integrations, costs, costsNotRead } = await overview()
  expect(integrations).toEqual({ connected: 2, actionRequired: 0, stale: 1, neverSynced: 0 })
  expect(costsNotRead).toMatchObject([{ integrationName: 'Labs', state: 'current', to: '2026-11-24', stale: true }])
  expect(costs.find(({ currency }) => currency === 'USD')).toMatchObject({
    to: '2026-12-05',
    thisMonth: '0',
    sameDaysLastMonth: '0.25',
    lastMonth: '3.2500000001',
    finished: { to: '2026-12-03', thisMonth: '0', sameDaysLastMonth: '0.25' },
  })
})

test('An integration that needs action and one without data are counted, and what is not known of costs is named', async () => {
  const other = bench.organization(OTHER_KEY)
  other.failsWith = 'invalid_admin_key'
  const { body } = await bench.request('GET', '/integrations?limit=2')
  const [, labs] = (body as { items: { id: string }[] }).items
  await bench.scheduledSync(String(labs?.id))
  expect((await overview()).integrations).toEqual({ connected: 1, actionRequired: 1, stale: 0, neverSynced: 0 })
})
