import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { rejectionOf, type Scripted } from '../scripted-server.ts'
import {
  ACTORS,
  costRow,
  openOrganization,
  page,
  reportPage,
  rowsIn,
  startScriptedAnthropic,
  totalRow,
  WINDOW,
} from './anthropic-bench.ts'

let server: Awaited<ReturnType<typeof startScriptedAnthropic>>
beforeAll(async () => {
  server = await startScriptedAnthropic()
})
afterAll(() => server.close())

type Rows = readonly ReturnType<typeof costRow>[]

const isTotal = (url: URL) => !url.searchParams.has('group_by[]')

interface Asked {
  readonly window?: typeof WINDOW
  /** Answers the report of parts. */
  readonly refusal?: Scripted
}

/** Reads costs whose total and parts are these. */
async function read(total: Rows, parts: Rows, { window = WINDOW, refusal }: Asked = {}) {
  server.answers((url) => {
    if (isTotal(url)) return reportPage(url, total)
    return refusal ?? reportPage(url, parts)
  })
  const reading = await openOrganization(server.baseUrl).series.costs.read(window)
  return { reading, rows: rowsIn(reading.table) }
}

const DAY = '2026-03-09'
const of = (report: string, cost: string, more: Record<string, unknown> = {}) => ({
  day: DAY,
  report,
  userId: null,
  subject: '',
  lineItem: '',
  currency: 'USD',
  cost,
  ...more,
})

test('Costs are two reports: the total, and its parts by all that is attributed', async () => {
  await read([], [])
  const groups = server.requests.map(({ url }) => url.searchParams.getAll('group_by[]'))
  expect(groups).toHaveLength(4)
  expect(new Set(groups.map((names) => names.join(' ')))).toEqual(
    new Set(['', 'actor model product workspace_id api_key_id']),
  )
  expect(server.requests.map(({ url }) => url.pathname)).toEqual(Array(4).fill('/v1/organizations/analytics/cost'))
})

test('Users, workspaces with line items, and keys share the total of each day', async () => {
  const parts = [
    costRow(DAY, '100', { actor: ACTORS.user('ana'), workspace_id: 'wrkspc_1', api_key_id: 'apikey_1' }),
    costRow(DAY, '50', { actor: ACTORS.user('ana'), model: null, product: 'chat' }),
    costRow(DAY, '25', {
      actor: ACTORS.key('ci'),
      model: null,
      product: null,
      workspace_id: 'wrkspc_1',
      api_key_id: 'apikey_ci',
    }),
    costRow(DAY, '10', { actor: ACTORS.federated('arn'), workspace_id: 'wrkspc_1' }),
    costRow(DAY, '5', { actor: null, workspace_id: 'wrkspc_1' }),
  ]
  const { reading, rows } = await read([totalRow(DAY, '200')], parts)
  expect(reading).toMatchObject({ rows: 6, daysLeftOut: [] })
  expect(reading.missing).toBeUndefined()
  const byReport = Object.groupBy(rows, (row) => String(row['report']))
  expect(byReport['total']).toEqual([of('total', '2')])
  expect(byReport['user']).toEqual([
    of('user', '0.25'),
    of('user', '0.25', { userId: 'apikey_ci' }),
    of('user', '1.5', { userId: 'user_ana' }),
  ])
  expect(byReport['project']).toEqual([
    of('project', '0.1'),
    of('project', '0.5', { lineItem: 'chat' }),
    of('project', '1.15', { subject: 'wrkspc_1', lineItem: 'claude-opus-5-5' }),
    of('project', '0.25', { subject: 'wrkspc_1', lineItem: 'other' }),
  ])
  expect(byReport['key']).toEqual([
    of('key', '0.75'),
    of('key', '1', { subject: 'apikey_1' }),
    of('key', '0.25', { subject: 'apikey_ci' }),
  ])
})

describe('An amount in fractional cents', () => {
  test.each([
    ['123.45', '1.2345'],
    ['0.00000001', '0.0000000001'],
    ['0.000000005', '0'],
    ['0.0000000050000001', '0.0000000001'],
    ['0.000000015', '0.0000000002'],
    ['123456789012.34567891', '1234567890.1234567891'],
    ['-12.5', '-0.125'],
    ['7', '0.07'],
    ['1.5e2', '1.5'],
    ['5E-9', '0'],
  ])('%s is %s dollars, rounded once, half to even', async (cents, dollars) => {
    const { rows } = await read([totalRow(DAY, cents)], [])
    expect(rows.find((row) => row['report'] === 'total')?.['cost'] ?? '0').toBe(dollars)
  })

  test.each(['', '1,5', '1e', '1e1e1', '1e1.5', 'e5', 'NaN', '0x10', '١'])('%j is not believed', async (cents) => {
    expect(await rejectionOf(read([totalRow(DAY, cents)], []))).toMatchObject({ code: 'unexpected_reply' })
  })

  test('that is sent as a number is never read as a float', async () => {
    const text = JSON.stringify(page([totalRow(DAY, 'AMOUNT')]).json).replace('"AMOUNT"', '1234567890.12345678')
    server.answers((url) =>
      isTotal(url) && url.searchParams.get('starting_at')?.includes('-02-') ? { text } : page([]),
    )
    const { table } = await openOrganization(server.baseUrl).series.costs.read(WINDOW)
    expect(rowsIn(table).find((row) => row['report'] === 'total')?.['cost']).toBe('12345678.9012345678')
  })

  test('of a currency without decimals is in its main unit, and currencies are never added', async () => {
    const { rows } = await read([totalRow(DAY, '150'), totalRow(DAY, '150', 'jpy')], [])
    expect(rows.filter((row) => row['report'] === 'total').map((row) => [row['currency'], row['cost']])).toEqual([
      ['JPY', '150'],
      ['USD', '1.5'],
    ])
  })

  test.each(['', 'US', 'DOLLAR'])('of the currency %j is not believed', async (currency) => {
    expect(await rejectionOf(read([totalRow(DAY, '1', currency)], []))).toMatchObject({ code: 'unexpected_reply' })
  })
})

test('A remainder due to rounding goes to the largest part', async () => {
  const parts = [
    costRow(DAY, '0.000000004', { actor: ACTORS.user('ana') }),
    costRow(DAY, '100.000000004', { actor: ACTORS.user('bob') }),
  ]
  const { rows } = await read([totalRow(DAY, '100.000000008')], parts)
  expect(rows.filter((row) => row['report'] === 'user')).toEqual([of('user', '1.0000000001', { userId: 'user_bob' })])
})

test('Without parts, the total is read, and the others are missing', async () => {
  const { reading, rows } = await read([totalRow(DAY, '200')], [], { refusal: { status: 400 } })
  expect(rows).toEqual([of('total', '2')])
  expect(reading.missing).toEqual(
    ['user', 'project', 'key'].map((part) => ({ part, code: 'data_set_unavailable', readAt: null })),
  )
})

test('Without a total, nothing is read', async () => {
  server.answers((url) => (isTotal(url) ? { status: 400 } : page([])))
  const reading = openOrganization(server.baseUrl).series.costs.read(WINDOW)
  expect(await rejectionOf(reading)).toMatchObject({ code: 'data_set_unavailable', dataSet: 'costs' })
})

test('Costs begin with the month before, and with 2026 at the earliest', async () => {
  const { reading } = await read([], [], { window: { from: '2026-05-20', to: '2026-05-31' } })
  expect(reading.table.window).toEqual({ from: '2026-04-01', to: '2026-05-31' })
  const early = await read([], [], { window: { from: '2026-01-01', to: '2026-01-31' } })
  expect(early.reading.table.window).toEqual({ from: '2026-01-01', to: '2026-01-31' })
})
