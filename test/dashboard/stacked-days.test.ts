import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { stackRequests } from '../../dashboard/src/charts/day-measure.ts'
import { heightOf, scaleTop, stackDays, sumOf } from '../../dashboard/src/charts/stacked-days.ts'

function dayOf(day: string, values: Record<string, bigint>) {
  const parts = Object.entries(values).map(([name, value]) => ({ id: `id-${name}`, name, value }))
  return { day, total: sumOf(parts.map(({ value }) => value)), parts }
}

const REST = 'All others'

test('Days without values are empty, and series are ordered by their totals', () => {
  const rows = [dayOf('2026-11-01', { small: 1n, large: 5n }), dayOf('2026-11-03', { small: 2n })]
  expect(stackDays(rows, '2026-11-01', '2026-11-03', REST)).toEqual({
    series: [
      { id: 'id-large', name: 'large', total: 5n },
      { id: 'id-small', name: 'small', total: 3n },
    ],
    days: [
      { day: '2026-11-01', total: 6n, values: [5n, 1n] },
      { day: '2026-11-02', total: 0n, values: [0n, 0n] },
      { day: '2026-11-03', total: 2n, values: [0n, 2n] },
    ],
  })
})

test('With more than six series, the smallest share one', () => {
  const rows = [dayOf('2026-11-01', { a: 70n, b: 60n, c: 50n, d: 40n, e: 30n, f: 20n, g: 10n })]
  const { series, days } = stackDays(rows, '2026-11-01', '2026-11-01', REST)
  expect(series.at(-1)).toMatchObject({ name: REST, total: 30n })
  expect(days[0]?.values).toEqual([70n, 60n, 50n, 40n, 30n, 30n])
})

test('Two series of the same name are not added to each other', () => {
  const parts = [
    { id: 'proj-1', name: 'Search', value: 1n },
    { id: 'proj-2', name: 'Search', value: 3n },
  ]
  const { series } = stackDays([{ day: '2026-11-01', total: 4n, parts }], '2026-11-01', '2026-11-01', REST)
  expect(series.map(({ id, total }) => [id, total])).toEqual([
    ['proj-2', 3n],
    ['proj-1', 1n],
  ])
})

test('Requests of no model have a series of their own', () => {
  const none = { quantity: null, unit: null }
  const models = [
    { model: 'small', requests: 1, ...none },
    { model: null, requests: 3, ...none },
  ]
  const items = [{ day: '2026-11-01', requests: 4, ...none, models }]
  const stacked = stackRequests(items, '2026-11-01', '2026-11-01')
  expect(stacked.series.map(({ name, total }) => [name, total])).toEqual([
    ['No model', 3n],
    ['small', 1n],
  ])
  expect(stacked.days[0]?.values).toEqual([3n, 1n])
})

test('A credit lowers the total of its day, and has no bar', () => {
  const { series, days } = stackDays([dayOf('2026-11-01', { use: 10n, credit: -4n })], '2026-11-01', '2026-11-01', REST)
  expect(series.map(({ name, total }) => [name, total])).toEqual([
    ['use', 10n],
    ['credit', -4n],
  ])
  expect(days.map((day) => [day.total, heightOf(day)])).toEqual([[6n, 10]])
})

test('The parts of every day add up to its total', () => {
  const series = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')
  fc.assert(
    fc.property(
      fc.array(fc.dictionary(series, fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })), { maxLength: 9 }),
      (days) => {
        const rows = days.map((values, index) => dayOf(`2026-11-0${index + 1}`, values))
        for (const { total, values } of stackDays(rows, '2026-11-01', '2026-11-09', REST).days) {
          expect(sumOf(values)).toBe(total)
        }
      },
    ),
  )
})

test.each([
  [0, 4],
  [4, 4],
  [7, 8],
  [99, 100],
  [16_500, 20_000],
  [41_000, 50_000],
])('A scale for %d ends at %d', (value, top) => {
  expect(scaleTop(value)).toBe(top)
})
