import { expect, test } from '@jest/globals'
import { problemInWords } from '../../dashboard/src/components/problem-in-words.ts'

const NOW = new Date('2026-11-26T12:00:00.000Z')

function expiring(keyExpiresAt: string) {
  const problem = { code: 'key_expiring' as const, detail: 'The API’s words.', since: NOW.toISOString() }
  return { problem, keyExpiresAt }
}

test('An expiring key is shown with the date in the reader’s zone', () => {
  expect(problemInWords(expiring('2026-11-29T12:00:00.000Z'), NOW)).toBe(
    'The key works until Nov 29, 2026 (in 3 days). Create a new key and set it before that, so that no sync is missed.',
  )
})

test('A key past its expiry is shown as such', () => {
  expect(problemInWords(expiring('2026-11-24T12:00:00.000Z'), NOW)).toBe(
    'The key was to expire on Nov 24, 2026 (2 days ago). Create a new key and set it.',
  )
})

test('Other problems are shown in the API’s words, and without a problem nothing is shown', () => {
  const problem = { code: 'invalid_admin_key' as const, detail: 'The key was revoked.', since: NOW.toISOString() }
  expect(problemInWords({ problem, keyExpiresAt: '2026-11-29T12:00:00.000Z' }, NOW)).toBe('The key was revoked.')
  expect(problemInWords({ problem: null, keyExpiresAt: null }, NOW)).toBeUndefined()
})
