import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type CostRow, costs } from '../../shared/data-sets/costs/costs.ts'
import { DayTableBuilder } from '../../shared/data-sets/day-series/day-table-builder.ts'
import { type ApiBench, startApiBench } from './api-bench.ts'
import { rowsOf } from './parse-csv.ts'

let bench: ApiBench
let id: string

const ROWS: readonly Partial<CostRow>[] = [
  { day: '2026-11-19', cost: '2' },
  { cost: '5' },
  { cost: '900', currency: 'JPY' },
  { report: 'user', userId: 'ana', cost: '5' },
  { report: 'user', userId: 'ana', cost: '900', currency: 'JPY' },
  { report: 'project', subject: 'proj_a', lineItem: 'Wörter 🦊', cost: '5' },
]

beforeEach(async () => {
  bench = await startApiBench()
  bench.organization().series['costs'] = {
    check: async () => undefined,
    read: async (window) => {
      const table = new DayTableBuilder(costs, window)
      const row = { day: '2026-11-20', userId: null, report: 'total', subject: '', lineItem: '', currency: 'USD' }
      for (const each of ROWS) table.add({ ...row, cost: '0', ...each })
      return { table: table.build(), rows: ROWS.length, daysLeftOut: [] }
    },
  }
  id = await bench.connected()
})
afterEach(() => bench.close())

const get = (query: string) => bench.request('GET', `/integrations/${id}/costs${query}`)

test('Answers are in the main currency and name the totals of others, whose details can be asked for', async () => {
  expect((await get('?groupBy=user')).body).toMatchObject({
    currency: 'USD',
    total: '7',
    otherCurrencies: [{ currency: 'JPY', total: '900' }],
  })
  expect((await get('?groupBy=user&currency=JPY')).body).toMatchObject({
    currency: 'JPY',
    total: '900',
    items: [{ userId: 'ana', amount: '900' }],
    otherCurrencies: [{ currency: 'USD', total: '7' }],
  })
  expect((await get('?currency=CHF')).status).toBe(400)
  expect((await get('?currency=usd')).status).toBe(400)
})

test('CSV has the rows of all currencies, unless one is asked for', async () => {
  const currencies = async (query: string) => rowsOf((await get(query)).text).map(({ currency }) => currency)
  expect(await currencies('?groupBy=user&format=csv')).toEqual(['USD', 'JPY'])
  expect(await currencies('?groupBy=user&format=csv&currency=JPY')).toEqual(['JPY'])
})

test('A FOCUS file says what its amounts are, in ASCII', async () => {
  const { text } = await get('?format=focus')
  expect(text).toMatch(/^[\x20-\x7e\r\n]*$/)
  expect(rowsOf(text)[0]).toMatchObject({
    ChargeDescription: 'Worter ?',
    x_CostSource: expect.stringMatching(/^Cost report .* before tax and credits\. Not an invoice\.$/),
  })
  expect((await get('?format=focus&currency=USD')).status).toBe(400)
})
