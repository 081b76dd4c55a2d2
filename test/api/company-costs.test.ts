import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import {
  companyCostsSchema,
  type WireCompanyCosts,
  type WireDepartmentCost,
  type WirePersonCost,
} from '../../shared/contracts/company-costs-contract.ts'
import { type CostRow, costs as costsSeries } from '../../shared/data-sets/costs/costs.ts'
import { DayTableBuilder } from '../../shared/data-sets/day-series/day-table-builder.ts'
import { peopleSchema } from '../../shared/contracts/people-contract.ts'
import { ProviderError } from '../../shared/domain/problem.ts'
import { withWholeMonthBefore } from '../../shared/domain/window.ts'
import type { SeriesReader } from '../../shared/providers/provider.ts'
import { listed } from '../sync/sync-bench.ts'
import { type ApiBench, KEY, OTHER_KEY, startApiBench } from './api-bench.ts'
import { rowsOf } from './parse-csv.ts'

const DAY_MS = 86_400_000

let bench: ApiBench
let acme: string
let labs: string

beforeEach(async () => {
  bench = await startApiBench({ windowDays: 10 })
  const one = bench.organization(KEY)
  one.people = [
    listed('ana', { role: 'owner', name: 'Ana', email: 'ana@acme.example' }),
    listed('bob', { name: 'Bob', email: 'bob@acme.example' }),
    listed('bot', { kind: 'service_account', name: 'Bot', email: null }),
  ]
  one.series['costs'] = reading([
    ...caused('ana', '2026-11-20', '5'),
    ...caused('ana', '2026-11-02', '40'),
    ...caused('bob', '2026-11-24', '0.1'),
    ...caused('bot', '2026-11-21', '2'),
    ...caused('nobody-listed', '2026-11-21', '0.75'),
    ...caused(null, '2026-11-22', '0.5'),
    ...caused('ana', '2026-11-23', '900', 'JPY'),
  ])
  const two = bench.organization(OTHER_KEY)
  two.people = [
    listed('u-1', { role: 'owner', name: 'Ana A.', email: 'ANA@acme.example' }),
    listed('u-2', { name: 'Zoe', email: null }),
  ]
  two.series['costs'] = reading([...caused('u-1', '2026-11-24', '0.0000000001'), ...caused('u-2', '2026-11-19', '7')])
  acme = await bench.connected()
  labs = await bench.connected({ name: 'Labs', adminApiKey: OTHER_KEY })
})
afterEach(() => bench.close())

/** The total of a day, and the person whom the provider attributes it to. */
function caused(userId: string | null, day: string, cost: string, currency = 'USD'): CostRow[] {
  const row = { day, subject: '', lineItem: '', currency, cost }
  return [
    { ...row, report: 'total', userId: null },
    { ...row, report: 'user', userId },
  ]
}

/** Costs are read from the first day of the month before. */
function reading(rows: readonly CostRow[]): SeriesReader {
  return {
    check: async () => undefined,
    read: async (window) => {
      const table = new DayTableBuilder(costsSeries, withWholeMonthBefore(window))
      for (const row of rows) table.add(row)
      return { table: table.build(), rows: rows.length, daysLeftOut: [] }
    },
  }
}

async function costs(query = ''): Promise<WireCompanyCosts> {
  return companyCostsSchema.parse((await bench.request('GET', `/costs${query}`)).body)
}

async function personItems(query = '') {
  const { items } = await costs(`?groupBy=person${query}`)
  return (items as WirePersonCost[]).map(({ kind, name, currency, amount }) => [name ?? kind, currency, amount])
}

test('By integration, each organization has its costs of the window in each currency', async () => {
  expect(await costs()).toEqual({
    from: '2026-11-15',
    to: '2026-11-24',
    groupBy: 'integration',
    items: [
      { integrationId: acme, integrationName: 'Acme', provider: 'openai', currency: 'JPY', amount: '900' },
      { integrationId: acme, integrationName: 'Acme', provider: 'openai', currency: 'USD', amount: '8.35' },
      { integrationId: labs, integrationName: 'Labs', provider: 'openai', currency: 'USD', amount: '7.0000000001' },
    ],
    nextCursor: null,
    total: 3,
    totals: [
      { currency: 'JPY', amount: '900' },
      { currency: 'USD', amount: '15.3500000001' },
    ],
    notRead: [],
    oldestSyncedAt: '2026-11-24T12:00:00.000Z',
  })
})

test('By person, each person has one row over all organizations, and what is known of no person has one for each kind', async () => {
  const answer = await costs('?groupBy=person&currency=USD')
  expect(answer.totals).toEqual([{ currency: 'USD', amount: '15.3500000001' }])
  expect(await personItems()).toEqual([
    ['Ana', 'JPY', '900'],
    ['Zoe', 'USD', '7'],
    ['Ana', 'USD', '5.0000000001'],
    ['service_account', 'USD', '2'],
    ['not_listed', 'USD', '0.75'],
    ['unattributed', 'USD', '0.5'],
    ['Bob', 'USD', '0.1'],
  ])
  const { body } = await bench.request('GET', '/people?q=bob')
  const [bob] = (body as { items: { id: string }[] }).items
  expect(answer.items.at(-1)).toMatchObject({ personId: bob?.id, email: 'bob@acme.example', kind: 'member' })
})

test('Somebody’s costs are complete in lists of people too: in every currency, as the costs by person are', async () => {
  const listed = async (query: string) => peopleSchema.parse((await bench.request('GET', `/people${query}`)).body).items
  const [ana] = await listed('?q=ana')
  expect(ana?.costs).toEqual([
    { currency: 'JPY', amount: '900' },
    { currency: 'USD', amount: '5.0000000001' },
  ])
  // The cost of a membership is that in the main currency of its organization.
  expect(ana?.memberships.map(({ cost }) => cost)).toEqual([
    { currency: 'USD', amount: '5' },
    { currency: 'USD', amount: '0.0000000001' },
  ])
  expect((await listed('?q=bob'))[0]?.costs).toEqual([{ currency: 'USD', amount: '0.1' }])
  const persons = (await costs('?groupBy=person')).items as WirePersonCost[]
  for (const { id, costs: ofPerson } of await listed('')) {
    const same = persons.filter(({ personId }) => personId === id).map(({ currency, amount }) => ({ currency, amount }))
    expect(ofPerson.filter(({ amount }) => amount !== '0')).toEqual(same)
  }
})

test('Days that the summaries do not have are read from the costs, again only for other days', async () => {
  const { snapshots } = bench.dependencies
  const readTable = jest.spyOn(snapshots, 'readTable')
  await personItems()
  expect(readTable).toHaveBeenCalledTimes(0)
  expect(await personItems('&from=2026-11-01&to=2026-11-20')).toEqual([
    ['Ana', 'USD', '45'],
    ['Zoe', 'USD', '7'],
  ])
  await costs('?groupBy=department&from=2026-11-01&to=2026-11-20')
  expect(readTable).toHaveBeenCalledTimes(2)
  expect(await personItems('&from=2026-11-24&currency=USD')).toEqual([
    ['Bob', 'USD', '0.1'],
    ['Ana', 'USD', '0.0000000001'],
  ])
  expect(await costs('?groupBy=integration&from=2026-11-20&to=2026-11-20')).toMatchObject({
    items: [{ integrationName: 'Acme', amount: '5' }],
    totals: [
      { currency: 'JPY', amount: '0' },
      { currency: 'USD', amount: '5' },
    ],
  })
  expect((await bench.request('GET', '/costs?from=2026-11-20&to=2026-11-19')).status).toBe(400)
})

test('A reading that is replaced while its costs are read is read again', async () => {
  const { snapshots } = bench.dependencies
  const readTable = snapshots.readTable.bind(snapshots)
  let isFirst = true
  snapshots.readTable = async (...args) => {
    if (isFirst) {
      isFirst = false
      // The reading before the published one is kept.
      for (const amount of ['1', '2']) {
        bench.organization(KEY).series['costs'] = reading(caused('bob', '2026-11-02', amount))
        bench.advance(60_000)
        await bench.scheduledSync(acme)
      }
    }
    return readTable(...args)
  }
  expect(await personItems('&from=2026-11-02&to=2026-11-02')).toEqual([['Bob', 'USD', '2']])
})

test('Somebody who was removed everywhere is a former member', async () => {
  bench.organization(KEY).people = bench.organization(KEY).people.filter(({ userId }) => userId !== 'bob')
  bench.advance(3_600_000)
  await bench.scheduledSync(acme)
  const { items } = await costs('?groupBy=person')
  expect(items.at(-1)).toMatchObject({ name: 'Bob', kind: 'former_member', amount: '0.1' })
})

test('By department, people without one are one row, and what is known of no person has one for each kind', async () => {
  const { items, totals } = await costs('?groupBy=department&currency=USD')
  expect((items as WireDepartmentCost[]).map(({ kind, people, amount }) => [kind, people, amount])).toEqual([
    ['person', 3, '12.1000000001'],
    ['service_account', 0, '2'],
    ['not_listed', 0, '0.75'],
    ['unattributed', 0, '0.5'],
  ])
  expect(totals).toEqual([{ currency: 'USD', amount: '15.3500000001' }])
})

test('Pages follow each other without a gap', async () => {
  const first = await costs('?groupBy=person&limit=4')
  const rest = await costs(`?groupBy=person&limit=4&cursor=${encodeURIComponent(first.nextCursor ?? '')}`)
  expect([first.total, rest.total, rest.nextCursor]).toEqual([7, 7, null])
  expect([...first.items, ...rest.items]).toEqual((await costs('?groupBy=person')).items)
  expect((await bench.request('GET', `/costs?groupBy=department&cursor=${first.nextCursor ?? ''}`)).status).toBe(400)
})

test('Days that no organization covers are refused, and those of one name the others', async () => {
  const refused = { code: 'validation_failed', errors: [{ message: 'must lie between 2026-10-01 and 2026-11-24' }] }
  const queries = ['?from=2020-01-01&to=2020-02-01', '?to=2099-01-01', '?from=2026-09-30', '?to=2026-11-25&format=csv']
  for (const query of queries) {
    expect(await bench.request('GET', `/costs${query}`)).toMatchObject({ status: 400, body: refused })
  }
  bench.advance(DAY_MS)
  await bench.scheduledSync(acme)
  expect((await costs('?to=2026-11-25')).notRead).toMatchObject([{ integrationName: 'Labs', to: '2026-11-24' }])
  expect((await bench.request('GET', '/costs?to=2026-11-26')).status).toBe(400)
})

test('While no costs were read, there are no days to ask for', async () => {
  for (const id of [acme, labs]) await bench.request('DELETE', `/integrations/${id}`)
  expect(await costs('?from=2026-11-01')).toMatchObject({ items: [], totals: [], from: '2026-11-01', to: null })
})

test('An organization whose costs failed is named with what is known of it', async () => {
  const notRead = async (query = '') => (await costs(query)).notRead
  expect(await notRead('?from=2026-10-01')).toEqual([])
  const failing = async () => Promise.reject(new ProviderError('provider_unreachable', 'costs'))
  bench.organization(OTHER_KEY).series['costs'] = { check: async () => undefined, read: failing }
  bench.advance(60_000)
  await bench.scheduledSync(labs)
  expect(await notRead()).toEqual([
    {
      integrationId: labs,
      integrationName: 'Labs',
      provider: 'openai',
      state: 'failed',
      costsAsOf: '2026-11-24T12:00:00.000Z',
      from: '2026-10-01',
      to: '2026-11-24',
      stale: false,
      attribution: 'provider',
    },
  ])
  expect((await costs()).totals.at(-1)?.amount).toBe('15.3500000001')
})

test('Costs that nobody is known to have caused are unattributed, and their organization is named', async () => {
  bench.organization(OTHER_KEY).series['costs'] = reading(
    caused(null, '2026-11-24', '3').filter(({ report }) => report === 'total'),
  )
  bench.advance(60_000)
  await bench.scheduledSync(labs)
  const { items, notRead } = await costs('?groupBy=person&currency=USD')
  expect(items).toContainEqual(expect.objectContaining({ kind: 'unattributed', amount: '3.5' }))
  expect(notRead).toMatchObject([{ integrationName: 'Labs', state: 'current', attribution: null }])
  expect((await costs()).notRead).toEqual([])
})

test('CSV has all rows, then the organizations whose costs are not all among them, and is recorded', async () => {
  bench.advance(DAY_MS)
  await bench.scheduledSync(acme)
  const { text } = await bench.request('GET', '/costs?groupBy=person&format=csv&to=2026-11-25')
  const rows = rowsOf(text)
  expect(rows).toHaveLength(8)
  expect(rows[0]).toMatchObject({ name: 'Ana', kind: 'member', amount: '900', currency: 'JPY', notRead: '' })
  expect(rows.at(-1)).toMatchObject({ amount: '', notRead: 'Labs', costsAsOf: '2026-11-24T12:00:00.000Z' })
  const { body } = await bench.request('GET', '/audit-events?limit=1')
  expect(body).toMatchObject({ items: [{ action: 'export', operation: 'getCompanyCosts', integrationId: null }] })
})
