import { effectiveSchedule } from '../../shared/schedules/schedule.ts'
import { expect, test } from '@jest/globals'

const nightly = { name: 'nightly', default: false }
const hourly = { name: 'hourly', default: true }
const weekly = { name: 'weekly', default: false }
const schedules = [nightly, hourly, weekly]

test('An integration uses the schedule that it names', () => {
  expect(effectiveSchedule('nightly', schedules)).toBe(nightly)
  expect(effectiveSchedule('weekly', schedules)).toBe(weekly)
})

test.each([[null], ['removed-from-the-configuration']])(
  'One that names %s uses the default schedule, at any position in the list',
  (name) => {
    expect(effectiveSchedule(name, schedules)).toBe(hourly)
    expect(effectiveSchedule(name, [weekly, nightly, hourly])).toBe(hourly)
  },
)

test('A deployment without a default schedule is an error', () => {
  expect(() => effectiveSchedule(null, [nightly, weekly])).toThrow('The deployment has no default schedule.')
})
