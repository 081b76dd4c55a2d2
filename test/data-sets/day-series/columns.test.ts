import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import type { DaySeries, MeasureValue } from '../../../shared/data-sets/data-set.ts'
import { addEncoded, encodeRows } from '../../../shared/data-sets/day-series/codec.ts'
import type { DayTable } from '../../../shared/data-sets/day-series/day-table.ts'
import { DayTableBuilder } from '../../../shared/data-sets/day-series/day-table-builder.ts'
import { byDay, byLabel, byPerson, totalOf } from '../../../shared/data-sets/day-series/series-view.ts'
import { RULES, WINDOW } from '../../builders.ts'
import { measureOf } from './random-series.ts'

/** Pages by printer, and their price. */
const series: DaySeries = {
  kind: 'day_series',
  id: 'prints',
  dimensions: [{ name: 'printer', plural: 'printers', example: 'P1' }],
  measures: [measureOf('count', 'pages'), measureOf('money', 'price')],
  mainMeasure: 'price',
  activity: null,
  rowNoun: 'print',
}

type Given = readonly [userId: string | null, printer: string, pages: MeasureValue, price: MeasureValue]

/** All rows lie on the window's last day. */
function tableOf(rows: readonly Given[]): DayTable {
  const builder = new DayTableBuilder(series, WINDOW)
  for (const [userId, printer, ...values] of rows) builder.addOn(59, { userId, labels: [printer] }, values)
  return builder.build()
}

function decode(encoded: unknown): DayTable {
  const builder = new DayTableBuilder(series, WINDOW)
  addEncoded(JSON.parse(JSON.stringify(encoded)), builder)
  return builder.build()
}

describe('Refused by the builder and by the codec is', () => {
  const NOT_COUNTS = [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]

  test.each([...NOT_COUNTS, '1'])('%j as a count', (pages) => {
    expect(() => tableOf([['ana', 'P1', pages, '0']])).toThrow(RangeError)
  })

  test.each([...NOT_COUNTS, null, '1'])('%j in a column of counts', (pages) => {
    const encoded = encodeRows(tableOf([['ana', 'P1', 1, '1']]), { from: 0, to: 1 })
    expect(() => decode({ ...encoded, amounts: { ...encoded.amounts, pages: [pages] } })).toThrow()
  })

  test.each([1, '', '1.', 'NaN', '1e99999'])('%j as an amount of money', (price) => {
    expect(() => tableOf([['ana', 'P1', 0, price]])).toThrow(RangeError)
  })

  test.each([
    [0.5, 0],
    [2 ** 53, 0],
    [null, 0],
    ['1', 0],
    [0, -1],
    [0, 100_000],
    [0, 0.5],
    [0, null],
  ])('%j with %j in the columns of money', (coarse, rest) => {
    const encoded = encodeRows(tableOf([['ana', 'P1', 1, '1']]), { from: 0, to: 1 })
    const amounts = { ...encoded.amounts, price: [coarse], 'price.rest': [rest] }
    expect(() => decode({ ...encoded, amounts })).toThrow()
  })

  test('more money than can be added up exactly, whatever its signs', () => {
    const large = '50000000000'
    expect(() => tableOf([['ana', 'P1', 0, '100000000000']])).toThrow(RangeError)
    expect(() =>
      tableOf([
        ['ana', 'P1', 0, large],
        ['bob', 'P1', 0, `-${large}`],
      ]),
    ).toThrow('too large')
    const encoded = encodeRows(tableOf([['ana', 'P1', 0, large]]), { from: 0, to: 1 })
    const builder = new DayTableBuilder(series, WINDOW)
    addEncoded(encoded, builder)
    addEncoded({ ...encoded, users: ['bob'] }, builder)
    expect(() => builder.build()).toThrow('too large')
  })
})

test('Whatever the builder accepts survives the codec', () => {
  const price = fc.oneof(
    fc.constantFrom('-0.0000000001', '89999999999.9999999999'),
    fc.string(),
    fc.double().map(String),
  )
  const pages = fc.oneof(fc.nat(), fc.double())
  fc.assert(
    fc.property(fc.array(fc.tuple(pages, price), { maxLength: 4 }), (values) => {
      let table: DayTable
      try {
        table = tableOf(values.map(([pages, price]) => ['ana', 'P1', pages, price]))
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
        return
      }
      expect(decode(encodeRows(table, table.all)).totalOf('ana')).toEqual(table.totalOf('ana'))
    }),
  )
})

describe('Amounts with different signs that add up to 0', () => {
  test('leave no row, user or label', () => {
    const table = tableOf([
      ['ana', 'P1', 0, '0.3'],
      ['ana', 'P1', 0, '-0.3'],
      ['bob', 'P2', 1, '5'],
    ])
    expect([table.rowCount, table.users, table.labels]).toEqual([1, ['bob'], [['P2']]])
  })

  test('have no row in a grouping, and the day with their parts stays', () => {
    const table = tableOf([
      ['ana', 'P1', 0, '5'],
      ['ana', 'P2', 0, '-5'],
      ['bob', 'P1', 0, '2'],
      ['bob', 'P2', 0, '-2'],
    ])
    expect(byPerson(table, [], WINDOW, RULES)).toEqual([])
    expect(byLabel(table, 0, WINDOW).map(({ label, amounts }) => [label, amounts['price']])).toEqual([
      ['P1', '7'],
      ['P2', '-7'],
    ])
    expect(byDay(table, WINDOW)).toMatchObject([{ day: WINDOW.to, amounts: { price: '0' }, parts: [[{}, {}]] }])
    expect(totalOf(table, WINDOW)).toEqual({ pages: 0, price: '0' })
  })
})

test('Lists are sorted by the exact main measure, the largest first', () => {
  const table = tableOf([
    ['ana', 'P1', 9, '-1'],
    ['ana', 'P2', 0, '1000000000.0000000001'],
    ['ana', 'P3', 0, '1000000000.0000000002'],
    ['ana', 'P4', 0, '0.0000000001'],
  ])
  expect(byLabel(table, 0, WINDOW).map(({ label }) => label)).toEqual(['P3', 'P2', 'P4', 'P1'])
})

test('A series without use has no active day, and still knows its days', () => {
  const table = tableOf([['ana', 'P1', 3, '-0.0000000001']])
  expect(table.lastActiveDayOf('ana')).toBeNull()
  expect(table.hasDataOn([WINDOW.to])).toBe(true)
  expect(table.hasDataOn([WINDOW.from])).toBe(false)
})
