import { expect, test } from '@jest/globals'
import { noUseIn, usedIn } from '../../dashboard/src/components/member-labels.ts'
import { countDays, idleSpans, lastDays, spansWithin } from '../../dashboard/src/format/day-spans.ts'

test('The window’s length is that of the data, both ends inclusive', () => {
  expect(countDays({ from: '2026-09-30', to: '2026-11-28' })).toBe(60)
  expect(countDays({ from: '2026-11-28', to: '2026-11-28' })).toBe(1)
})

test('Without data the window’s length is undefined', () => {
  expect([countDays(undefined), countDays(null), countDays({ from: null, to: null })]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('No selectable span is longer than the window, which can be selected itself', () => {
  expect(spansWithin(60, [7, 30])).toEqual([7, 30, 60])
  expect(spansWithin(30, [7, 30])).toEqual([7, 30])
  expect(idleSpans(10)).toEqual([10])
  expect(idleSpans(365)).toEqual([14, 30, 365])
})

test('The last days of a window end with its last day', () => {
  expect(lastDays('2026-11-28', 7)).toEqual({ from: '2026-11-22', to: '2026-11-28' })
})

test('Labels of use and no use contain the number of days once it is known', () => {
  expect([usedIn(60), noUseIn(60), noUseIn(1)]).toEqual(['Used in 60 days', 'No use in 60 days', 'No use in 1 day'])
  expect([usedIn(undefined), noUseIn(undefined)]).toEqual(['In use', 'No recent use'])
})
