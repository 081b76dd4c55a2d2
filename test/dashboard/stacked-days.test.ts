import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { scaleTop, stackDays } from '../../dashboard/src/charts/stacked-days.ts'

function dayOf(day: string, models: Record<string, number>) {
  const rows = Object.entries(models).map(([model, requests]) => ({ model, requests }))
  return { day, requests: rows.reduce((sum, { requests }) => sum + requests, 0), models: rows }
}

test('Days without requests are empty, and models are ordered by their requests', () => {
  const rows = [dayOf('2026-11-01', { small: 1, large: 5 }), dayOf('2026-11-03', { small: 2 })]
  expect(stackDays(rows, '2026-11-01', '2026-11-03')).toEqual({
    models: [
      { name: 'large', requests: 5 },
      { name: 'small', requests: 3 },
    ],
    days: [
      { day: '2026-11-01', total: 6, values: [5, 1] },
      { day: '2026-11-02', total: 0, values: [0, 0] },
      { day: '2026-11-03', total: 2, values: [0, 2] },
    ],
  })
})

test('With more than six models, the least used share one series', () => {
  const rows = [dayOf('2026-11-01', { a: 70, b: 60, c: 50, d: 40, e: 30, f: 20, g: 10 })]
  const { models, days } = stackDays(rows, '2026-11-01', '2026-11-01')
  expect(models.at(-1)).toEqual({ name: 'Other models', requests: 30 })
  expect(days[0]?.values).toEqual([70, 60, 50, 40, 30, 30])
})

test('Use of no model has a series of its own', () => {
  const models = [
    { model: 'small', requests: 1 },
    { model: null, requests: 3 },
  ]
  const stacked = stackDays([{ day: '2026-11-01', requests: 4, models }], '2026-11-01', '2026-11-01')
  expect(stacked.models).toEqual([
    { name: 'No model', requests: 3 },
    { name: 'small', requests: 1 },
  ])
  expect(stacked.days[0]?.values).toEqual([3, 1])
})

test('The parts of every day add up to its total', () => {
  const model = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')
  fc.assert(
    fc.property(fc.array(fc.dictionary(model, fc.nat(1000)), { maxLength: 9 }), (days) => {
      const rows = days.map((models, index) => dayOf(`2026-11-0${index + 1}`, models))
      for (const { total, values } of stackDays(rows, '2026-11-01', '2026-11-09').days) {
        expect(values.reduce((sum, value) => sum + value, 0)).toBe(total)
      }
    }),
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
