import * as fc from 'fast-check'
import { expect, test } from '@jest/globals'
import { type Login, logins } from '../../shared/data-sets/logins/logins.ts'
import { addDays } from '../../shared/domain/day.ts'
import { daysOfSpan } from '../../shared/domain/window.ts'

const WINDOW = { from: '2026-09-26', to: '2026-11-24' }

const dayInOrBefore = fc.integer({ min: -5, max: 59 }).map((days) => addDays(WINDOW.from, days))
const someLogins = fc.uniqueArray(
  fc.record({ userId: fc.constantFrom('ana', 'bob', 'cyn', 'dan'), lastLoginOn: dayInOrBefore }),
  { selector: ({ userId }) => userId },
)
const inWindow = (login: Login) => login.lastLoginOn >= WINDOW.from

test('Together with an earlier reading, each user has the later day, once, and days before the window are gone', () => {
  fc.assert(
    fc.property(someLogins, someLogins, (earlier, later) => {
      const read = later.filter(inWindow)
      const complete = logins.complete(read, { items: earlier, syncedAt: '' }, WINDOW)
      const days = new Map<string, string>()
      for (const { userId, lastLoginOn } of [...earlier.filter(inWindow), ...read]) {
        if (lastLoginOn > (days.get(userId) ?? '')) days.set(userId, lastLoginOn)
      }
      expect(complete).toHaveLength(days.size)
      expect(new Map(complete.map(({ userId, lastLoginOn }) => [userId, lastLoginOn]))).toEqual(days)
    }),
  )
})

test.each([
  ['a midnight', '2026-09-26T00:00:00.000Z', '2026-11-24T12:00:00.000Z', WINDOW],
  [
    'a time of day: that day is not whole',
    '2026-09-26T00:00:01.000Z',
    '2026-11-24T12:00:00.000Z',
    { from: '2026-09-27', to: '2026-11-24' },
  ],
  [
    'today: the day is named although it is not whole',
    '2026-11-24T11:00:00.000Z',
    '2026-11-24T12:00:00.000Z',
    { from: '2026-11-24', to: '2026-11-24' },
  ],
  [
    'yesterday evening',
    '2026-11-23T22:00:00.000Z',
    '2026-11-24T00:30:00.000Z',
    { from: '2026-11-24', to: '2026-11-24' },
  ],
])('The days of a time that begins at %s', (_, from, to, days) => {
  expect(daysOfSpan({ from, to })).toEqual(days)
})
