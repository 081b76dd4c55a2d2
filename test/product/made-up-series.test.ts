import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import * as z from 'zod'
import { amountOf, unitsOf } from '../../shared/domain/amount.ts'
import { ROWS, startPrintsBench } from './made-up-series.ts'

let opened: Awaited<ReturnType<typeof startPrintsBench>>
let bench: typeof opened.bench
let id: string
beforeAll(async () => {
  opened = await startPrintsBench()
  ;({ bench, id } = opened)
})
afterAll(() => bench.close())

/** Each answer is checked against the OpenAPI document. */
async function get(path: string): Promise<unknown> {
  const { status, body } = await bench.request('GET', `/integrations/${id}${path}`)
  expect(status).toBe(200)
  return body
}

async function csv(path: string): Promise<string[][]> {
  const { text } = await bench.request('GET', `/integrations/${id}${path}`, { headers: { accept: 'text/csv' } })
  return parse(text)
}

const amounts = z.object({ pages: z.number(), colorPages: z.number(), price: z.string() })
const answer = z.object({ items: z.array(amounts), total: amounts })

test('Its first sync reads it together with the others', async () => {
  expect(await get('')).toMatchObject({
    lastSync: {
      state: 'succeeded',
      read: { users: 2, usageRows: 1, printsRows: 6 },
      // One item for each person and day.
      written: { users: 2, usageRows: 1, printsRows: 5 },
    },
  })
})

describe('It is returned', () => {
  test('by day, with the parts of each day by each dimension', async () => {
    expect(await get('/prints?from=2026-11-23')).toEqual({
      asOf: expect.objectContaining({ from: '2026-09-26', to: '2026-11-24' }),
      from: '2026-11-23',
      to: '2026-11-24',
      groupBy: 'day',
      items: [
        {
          day: '2026-11-23',
          pages: 4,
          colorPages: 2,
          price: '0.4',
          printers: [{ printer: 'P1', pages: 4, colorPages: 2, price: '0.4' }],
          papers: [{ paper: 'A4', pages: 4, colorPages: 2, price: '0.4' }],
        },
        {
          day: '2026-11-24',
          pages: 36,
          colorPages: 17,
          price: '-0.2000000001',
          printers: [
            { printer: 'P1', pages: 10, colorPages: 5, price: '0.1' },
            { printer: 'P2', pages: 26, colorPages: 12, price: '-0.3000000001' },
          ],
          papers: [
            { paper: 'A3', pages: 1, colorPages: 0, price: '0.2' },
            { paper: 'A4', pages: 35, colorPages: 17, price: '-0.4000000001' },
          ],
        },
      ],
      nextCursor: null,
      total: { pages: 40, colorPages: 19, price: '0.1999999999' },
    })
  })

  test('by a dimension, the largest first', async () => {
    expect(await get('/prints?groupBy=printer')).toMatchObject({
      items: [
        { printer: 'P2', pages: 26, colorPages: 12, price: '-0.3000000001' },
        { printer: 'P1', pages: 21, colorPages: 10, price: '0.5' },
      ],
    })
    expect(await get('/prints?groupBy=paper')).toMatchObject({ items: [{ paper: 'A4' }, { paper: 'A3' }] })
  })

  test('by user, including unknown users', async () => {
    expect(await get('/prints?groupBy=user')).toMatchObject({
      items: [
        { userId: 'bob', kind: 'member', pages: 20, price: '-3.0000000001' },
        { userId: 'ana', kind: 'member', pages: 15, price: '0.7' },
        { userId: null, kind: 'not_listed', pages: 5, price: '2.5' },
        { userId: null, kind: 'unattributed', pages: 7, price: '0' },
      ],
    })
  })

  test.each(['day', 'printer', 'paper', 'user'])('by %s, adding up to the total', async (groupBy) => {
    const { items, total } = answer.parse(await get(`/prints?groupBy=${groupBy}`))
    const sum = (of: (row: z.output<typeof amounts>) => number) => items.reduce((all, row) => all + of(row), 0)
    const price = items.reduce((all, row) => all + (unitsOf(row.price) ?? 0n), 0n)
    expect(total).toEqual({ pages: 47, colorPages: 22, price: '0.1999999999' })
    expect({
      pages: sum(({ pages }) => pages),
      colorPages: sum(({ colorPages }) => colorPages),
      price: amountOf(price),
    }).toEqual(total)
  })

  test('of one user, and with the totals of each', async () => {
    expect(await get('/users/ana/prints')).toMatchObject({
      items: [{ day: '2026-11-23' }, { day: '2026-11-24', pages: 11, price: '0.3' }],
    })
    expect(await get('/users/ana')).toMatchObject({ requests: 5, pages: 15, colorPages: 7, price: '0.7' })
  })

  test('counting as use, as its declaration says', async () => {
    const used = { license: 'in_use', lastActiveOn: '2026-11-24', lastActivitySource: 'prints' }
    expect(await get('/users/bob')).toMatchObject({ pages: 20, requests: 0, ...used })
  })

  test('in no other grouping', async () => {
    const { status } = await bench.request('GET', `/integrations/${id}/prints?groupBy=model`)
    expect(status).toBe(400)
  })
})

describe('As CSV it has', () => {
  test('a row for each day and text of each dimension', async () => {
    expect(await csv('/prints?from=2026-11-24')).toEqual([
      ['day', 'printer', 'paper', 'pages', 'colorPages', 'price'],
      ['2026-11-24', 'P1', 'A4', '10', '5', '0.1'],
      ['2026-11-24', 'P2', 'A3', '1', '0', '0.2'],
      ['2026-11-24', 'P2', 'A4', '25', '12', '-0.5000000001'],
    ])
    expect(await csv('/users/bob/prints')).toEqual([
      ['day', 'printer', 'paper', 'pages', 'colorPages', 'price'],
      ['2026-11-24', 'P2', 'A4', '20', '10', '-3.0000000001'],
    ])
  })

  test('a row for each text of one dimension, and for each user', async () => {
    expect((await csv('/prints?groupBy=paper')).slice(0, 2)).toEqual([
      ['paper', 'pages', 'colorPages', 'price'],
      ['A4', '39', '19', '-0.0000000001'],
    ])
    expect((await csv('/prints?groupBy=user'))[0]?.slice(0, 5)).toEqual(['userId', 'email', 'name', 'kind', 'pages'])
  })

  test('its measures in the list of users', async () => {
    const [header = [], ...users] = await csv('/users')
    expect(header.slice(header.indexOf('outputTokens'))).toEqual(
      expect.arrayContaining(['outputTokens', 'pages', 'colorPages', 'price', 'addedAt']),
    )
    expect(users.map((row) => row[header.indexOf('pages')])).toEqual(['15', '20'])
    expect(users.map((row) => row[header.indexOf('price')])).toEqual(['0.7', '-3.0000000001'])
  })
})

test('The OpenAPI document has its calls, with examples', async () => {
  const { text } = await bench.request('GET', '/openapi.json')
  const { paths } = z
    .object({ paths: z.record(z.string(), z.object({ get: z.unknown().optional() })) })
    .parse(JSON.parse(text))
  expect(paths['/v1/integrations/{id}/prints']?.get).toMatchObject({
    operationId: 'getPrints',
    summary: 'Shows the organization’s prints by day, printer, paper or user; the items add up to the total',
  })
  expect(paths['/v1/integrations/{id}/users/{userId}/prints']?.get).toMatchObject({ operationId: 'getUserPrints' })
  expect(text).toContain('{"printer":"P1","pages":3,"colorPages":1,"price":"-1.5"}')
})

test('A second sync with one day changed by the smallest part of a price writes only that day', async () => {
  const before = await opened.recordItems()
  opened.printing.rows = ROWS.map((row) => (row.userId === 'bob' ? { ...row, price: '-3' } : row))
  bench.advance(3_600_000)
  await bench.scheduledSync(id)
  expect(await get('')).toMatchObject({ lastSync: { written: { users: 0, usageRows: 0, printsRows: 1 } } })
  const after = await opened.recordItems()
  const changed = [...after].filter(([key, item]) => before.get(key) !== item)
  expect(changed.map(([key, item]): unknown[] => [key, JSON.parse(item)])).toEqual([
    [
      `PRINTS#${id}#2026-11-24 USER#bob`,
      expect.objectContaining({
        day: '2026-11-24',
        userId: 'bob',
        rows: [{ printer: 'P2', paper: 'A4', pages: 20, colorPages: 10, price: '-3' }],
      }),
    ],
  ])
  expect([...before.keys()]).toEqual([...after.keys()])
  expect(await get('/prints?groupBy=user')).toMatchObject({
    items: [{ userId: 'bob', pages: 20, price: '-3' }, {}, {}, {}],
  })
})

test('Unchanged data is not written again', async () => {
  const before = await opened.recordItems()
  bench.advance(3_600_000)
  await bench.scheduledSync(id)
  expect(await get('')).toMatchObject({ lastSync: { written: { users: 0, usageRows: 0, printsRows: 0 } } })
  expect(await opened.recordItems()).toEqual(before)
})

test('A reader can have more days than the window, and the totals of users are still those of the window', async () => {
  const earlier = { ...ROWS[0], day: '2026-09-10', price: '100' }
  Object.assign(opened.printing, { from: '2026-09-01', rows: [...ROWS, earlier] })
  bench.advance(3_600_000)
  await bench.scheduledSync(id)
  expect(await get('/prints')).toMatchObject({
    asOf: { from: '2026-09-01', to: '2026-11-24' },
    from: '2026-09-01',
    total: { price: '100.1999999999' },
  })
  expect(await get('/prints?from=2026-09-01&to=2026-09-25')).toMatchObject({ items: [{ day: '2026-09-10' }] })
  expect(await get('/usage')).toMatchObject({ asOf: { from: '2026-09-26' } })
  expect(await get('/users/ana')).toMatchObject({ pages: 15, price: '0.7' })
  const key = `PRINTS#${id}#2026-09-10 USER#ana`
  expect((await opened.recordItems()).has(key)).toBe(true)
  Object.assign(opened.printing, { from: null, rows: ROWS })
  bench.advance(3_600_000)
  await bench.scheduledSync(id)
  expect((await opened.recordItems()).has(key)).toBe(false)
})

test('Nothing of it is left after a purge, also of days before the window', async () => {
  Object.assign(opened.printing, { from: '2026-09-01', rows: [...ROWS, { ...ROWS[0], day: '2026-09-10' }] })
  bench.advance(3_600_000)
  await bench.scheduledSync(id)
  expect((await bench.request('DELETE', `/integrations/${id}`)).status).toBe(204)
  await bench.drain()
  expect(await opened.recordItems()).toEqual(new Map())
})
