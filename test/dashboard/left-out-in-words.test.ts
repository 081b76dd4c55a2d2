import { expect, test } from '@jest/globals'
import { leftOutInWords } from '../../dashboard/src/pages/organization/left-out-in-words.ts'

test('A list shorter than the count for the same days says by how many', () => {
  expect(leftOutInWords(58, 60, 60)).toBe('Left out: 2 more with no use in 60 days.')
})

test('A list as long as the count, or for other days, says nothing', () => {
  expect(leftOutInWords(60, 60, 60)).toBe('')
  expect(leftOutInWords(61, undefined, 14)).toBe('')
})
