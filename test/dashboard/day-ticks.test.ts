import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { dayAt, dayByKey, dayTicks } from '../../dashboard/src/charts/day-ticks.ts'
import { addDays } from '../../shared/domain/day.ts'

function daysFrom(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => addDays(first, index))
}

test('A week has a tick for each of its days', () => {
  expect(dayTicks(daysFrom('2026-11-22', 7))).toEqual([0, 1, 2, 3, 4, 5, 6])
})

test('Two months have a tick for each Monday', () => {
  const days = daysFrom('2026-09-30', 60)
  expect(dayTicks(days).map((index) => days[index])).toEqual([
    '2026-10-05',
    '2026-10-12',
    '2026-10-19',
    '2026-10-26',
    '2026-11-02',
    '2026-11-09',
    '2026-11-16',
    '2026-11-23',
  ])
})

test('A year has a tick for each first day of a month', () => {
  const days = daysFrom('2025-11-29', 365)
  const ticks = dayTicks(days).map((index) => days[index])
  expect(ticks).toHaveLength(12)
  expect(ticks.every((day) => day?.endsWith('-01'))).toBe(true)
})

test('The day under the pointer is found, also at and beyond the edges', () => {
  expect([dayAt(0, 60), dayAt(0.5, 60), dayAt(1, 60)]).toEqual([0, 30, 59])
  expect([dayAt(-0.1, 60), dayAt(1.1, 60)]).toEqual([0, 59])
})

test.each([
  ['ArrowLeft', 9],
  ['ArrowRight', 11],
  ['PageDown', 3],
  ['PageUp', 17],
  ['Home', 0],
  ['End', 59],
  ['a', undefined],
])('%s leads from the eleventh of sixty days to place %s', (key, place) => {
  expect(dayByKey(key, 10, 60)).toBe(place)
})

test('No key leads beyond the first or last day', () => {
  const key = fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End')
  fc.assert(
    fc.property(key, fc.integer({ min: 1, max: 365 }), fc.nat(364), (key, count, from) => {
      const place = dayByKey(key, Math.min(from, count - 1), count)
      expect(place).toBeGreaterThanOrEqual(0)
      expect(place).toBeLessThan(count)
    }),
  )
})
