import { expect, test } from '@jest/globals'
import { isSendable } from '../../dashboard/src/session/token-credentials.ts'
import { readPathSegment } from '../../dashboard/src/layout/path-segment.ts'

test.each([
  ['a-token_with.every+common/character=', true],
  ['Schlüssel', false],
  ['two words', false],
  ['ends with a new line\n', false],
  ['', false],
])('Whether “%s” can be sent as a token: %s', (token, expected) => {
  expect(isSendable(token)).toBe(expected)
})

test('An incorrectly encoded path segment is returned unchanged', () => {
  expect(readPathSegment('user%20one')).toBe('user one')
  expect(readPathSegment('%E0%A4%A')).toBe('%E0%A4%A')
})
