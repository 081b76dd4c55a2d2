import { expect, test } from '@jest/globals'
import { expiryDay, expiryInstant, parseDomains } from '../../dashboard/src/components/field-values.ts'
import { nameInWords } from '../../dashboard/src/components/name-in-words.ts'
import { formatDaysAgo, formatDuration, formatRelative, formatUtcDate } from '../../dashboard/src/format/format-time.ts'

const NOW = new Date('2026-11-24T12:00:00.000Z')

test.each([
  ['2026-11-24T11:59:30.000Z', 'just now'],
  ['2026-11-24T11:48:00.000Z', '12 minutes ago'],
  ['2026-11-24T09:00:00.000Z', '3 hours ago'],
  ['2026-11-24T18:00:00.000Z', 'in 6 hours'],
  ['2026-11-24T12:00:10.000Z', 'in less than a minute'],
  ['2026-11-20T12:00:00.000Z', '4 days ago'],
  ['2025-11-24T12:00:00.000Z', '11 months ago'],
])('%s reads as “%s”', (instant, text) => {
  expect(formatRelative(instant, NOW)).toBe(text)
})

test('Relative days are counted in UTC days', () => {
  expect(formatDaysAgo('2026-11-24', NOW)).toBe('today')
  expect(formatDaysAgo('2026-11-23', NOW)).toBe('yesterday')
  expect(formatDaysAgo('2026-10-25', NOW)).toBe('30 days ago')
})

test('The date of an instant is its UTC day in every time zone', () => {
  expect(formatUtcDate('2026-11-24T00:00:00.000Z')).toBe('Nov 24, 2026')
  expect(formatUtcDate('2026-11-24T23:59:59.999Z')).toBe('Nov 24, 2026')
  expect(formatUtcDate(null)).toBe('–')
})

test('Durations are shown in seconds, then in minutes', () => {
  expect(formatDuration('2026-11-24T12:00:00.000Z', '2026-11-24T12:00:00.840Z')).toBe('0.8 s')
  expect(formatDuration('2026-11-24T12:00:00.000Z', '2026-11-24T12:01:12.000Z')).toBe('1 min 12 s')
  expect(formatDuration('2026-11-24T12:00:00.000Z', '2026-11-24T12:01:59.700Z')).toBe('2 min 0 s')
})

test('Domains can be separated by commas, semicolons or spaces', () => {
  expect(parseDomains(' a.example, b.example;c.example\td.example ,')).toEqual([
    'a.example',
    'b.example',
    'c.example',
    'd.example',
  ])
})

test('The expiry day of a key survives a round trip in the reader’s zone', () => {
  expect(expiryDay(expiryInstant('2027-01-31'))).toBe('2027-01-31')
  expect(expiryInstant('')).toBeNull()
  expect(expiryDay(null)).toBe('')
})

test('A schedule’s name is shown as words', () => {
  expect(nameInWords('every-6-hours')).toBe('Every 6 hours')
})
