import { expect, test } from '@jest/globals'
import { formatCount, formatShare } from '../../dashboard/src/format/format-number.ts'

test.each([
  [0, 0, '0%'],
  [0, 3, '0%'],
  [1, 3, '33%'],
  [2, 3, '67%'],
  [3, 3, '100%'],
])('%d of %d is %s', (part, total, share) => {
  expect(formatShare(part, total)).toBe(share)
})

test('A count of one is singular, and every other plural', () => {
  expect([0, 1, 2].map((count) => formatCount(count, 'day'))).toEqual(['0 days', '1 day', '2 days'])
  expect([0, 1, 2].map((count) => formatCount(count, 'person', 'people'))).toEqual(['0 people', '1 person', '2 people'])
})
