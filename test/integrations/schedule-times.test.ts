import { expect, test } from '@jest/globals'
import { InvalidScheduleError, isStale, nextRunAfter, parseSchedule } from '../../shared/schedules/schedule-times.ts'

const TUESDAY = new Date('2026-11-24T12:00:00Z')

test.each([
  ['rate(6 hours)', '2026-11-24T18:00:00.000Z'],
  ['rate(1 day)', '2026-11-25T00:00:00.000Z'],
  ['cron(0 6 * * ? *)', '2026-11-25T06:00:00.000Z'],
  ['cron(5/10 * * * ? *)', '2026-11-24T12:05:00.000Z'],
  ['cron(0 6 ? * 2-6 *)', '2026-11-25T06:00:00.000Z'],
  ['cron(0 6 ? * 1 *)', '2026-11-29T06:00:00.000Z'],
  ['cron(0 6 ? * L *)', '2026-11-28T06:00:00.000Z'],
  ['cron(0 6 ? * 6L *)', '2026-11-27T06:00:00.000Z'],
  ['cron(0 6 ? * 3#2 *)', '2026-12-08T06:00:00.000Z'],
  ['cron(0 6 L * ? *)', '2026-11-30T06:00:00.000Z'],
  ['cron(0 6 29W * ? *)', '2026-11-30T06:00:00.000Z'],
  ['cron(0 6 1 1 ? 2030)', '2030-01-01T06:00:00.000Z'],
  ['cron(0 6 1 1 ? 2026/4)', '2030-01-01T06:00:00.000Z'],
])('%s runs next at %s', (expression, expected) => {
  expect(nextRunAfter({ expression, timeZone: 'UTC' }, TUESDAY)?.toISOString()).toBe(expected)
})

test.each([
  ['Europe/Berlin', '2026-11-25T05:00:00.000Z'],
  ['Europe/Kyiv', '2026-11-25T04:00:00.000Z'],
  ['Asia/Kolkata', '2026-11-25T00:30:00.000Z'],
  ['America/Argentina/Buenos_Aires', '2026-11-25T09:00:00.000Z'],
  ['Etc/UTC', '2026-11-25T06:00:00.000Z'],
])('A cron expression is evaluated in the schedule’s time zone (%s)', (timeZone, expected) => {
  const schedule = { expression: 'cron(0 6 * * ? *)', timeZone }
  expect(nextRunAfter(schedule, TUESDAY)?.toISOString()).toBe(expected)
})

test('A schedule whose years have passed has no next run and makes no data stale', () => {
  const schedule = { expression: 'cron(0 6 * * ? 2020)', timeZone: 'UTC' }
  expect(nextRunAfter(schedule, TUESDAY)).toBeNull()
  expect(isStale(schedule, TUESDAY, new Date('2030-01-01T00:00:00Z'))).toBe(false)
})

test.each([
  ['daily', 'UTC'],
  ['rate(0 hours)', 'UTC'],
  ['rate(5 weeks)', 'UTC'],
  ['cron(0 6 * * ?)', 'UTC'],
  ['cron(0 6 * * * *)', 'UTC'],
  ['cron(0 6 ? * ? *)', 'UTC'],
  ['cron(60 6 * * ? *)', 'UTC'],
  ['cron(0 6 * * ? 3000)', 'UTC'],
  ['cron(0 6 * * ? 1969-2030)', 'UTC'],
  ['cron(0 6 ? * 0 *)', 'UTC'],
  ['cron(0 6 ? * 8 *)', 'UTC'],
  ['cron(0 6 ? * +MON *)', 'UTC'],
  ['cron(0 6 * * ? *)', 'Mars/Olympus'],
])('%s in %s is refused', (expression, timeZone) => {
  expect(() => parseSchedule({ expression, timeZone })).toThrow(InvalidScheduleError)
})

test('Data is stale after two missed schedules, ten minutes after the second run was due', () => {
  const schedule = { expression: 'rate(6 hours)', timeZone: 'UTC' }
  const syncedAt = new Date('2026-11-24T12:03:00Z')
  expect(isStale(schedule, syncedAt, new Date('2026-11-25T00:10:00Z'))).toBe(false)
  expect(isStale(schedule, syncedAt, new Date('2026-11-25T00:10:01Z'))).toBe(true)
})
