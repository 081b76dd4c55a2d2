import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { addDays } from '../../shared/domain/day.ts'
import { summedOverUsers } from '../../shared/data-sets/usage/usage-table-builder.ts'
import {
  addNumbers,
  isNoUsage,
  NO_USAGE,
  type UsageNumbers,
  type UsageRow,
} from '../../shared/data-sets/usage/usage-table.ts'
import { daysOfWindow } from '../../shared/domain/window.ts'
import { aRow, aTable, WINDOW } from '../builders.ts'

const USERS = [null, 'ana', 'bob', '__proto__', '', 'ü🦊']
const MODELS = ['gpt-5', 'constructor', 'gpt-5-mini', '']
const rows: fc.Arbitrary<UsageRow[]> = fc.array(
  fc.record({
    day: fc.nat(59).map((offset) => addDays(WINDOW.from, offset)),
    userId: fc.constantFrom(...USERS),
    model: fc.constantFrom(...MODELS),
    requests: fc.nat(3),
    inputTokens: fc.nat(3),
    cachedInputTokens: fc.nat(3),
    outputTokens: fc.nat(3),
  }),
  { maxLength: 60 },
)

test('However rows come, a table has each user, model and day once, summed and in order, and none without usage', () => {
  fc.assert(
    fc.property(rows, (given) => {
      expect([...aTable(given).rows()]).toEqual(naiveTable(given))
      expect(aTable(given).rowCount).toBe(naiveTable(given).length)
      expect(aTable(given).users).toEqual([...new Set(naiveTable(given).map(({ userId }) => userId))])
    }),
  )
})

test('What a table says of one user is what their rows say', () => {
  fc.assert(
    fc.property(rows, fc.constantFrom(...USERS, 'nobody'), (given, userId) => {
      const table = aTable(given)
      const own = given.filter((row) => row.userId === userId)
      const requestsOn = (day: string) => sum(own.filter((row) => row.day === day)).requests
      expect([...table.rowsOf(userId)]).toEqual(naiveTable(own))
      expect(table.totalOf(userId)).toEqual(sum(own))
      expect(table.dailyRequestsOf(userId)).toEqual(daysOfWindow(WINDOW).map((day) => requestsOn(day)))
      expect(table.lastDayOf(userId)).toBe(daysOfWindow(WINDOW).findLast((day) => requestsOn(day) > 0) ?? null)
    }),
  )
})

test('Summed over its users, a table has a row for each model and day', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const withoutUsers = given.map((row) => ({ ...row, userId: null }))
      expect([...summedOverUsers(aTable(given)).rows()]).toEqual(naiveTable(withoutUsers))
    }),
  )
})

test('More rows than there was room for at first are all kept, and numbers stay exact up to the largest safe ones', () => {
  const many = Array.from({ length: 5_000 }, (_, index) => aRow({ userId: `user-${index}`, inputTokens: index }))
  expect([...aTable(many.toReversed()).rows()]).toEqual(naiveTable(many))
  const large = aRow({ inputTokens: Number.MAX_SAFE_INTEGER - 10 })
  expect(aTable([large, aRow({ inputTokens: 10 })]).totalOf('ana').inputTokens).toBe(Number.MAX_SAFE_INTEGER)
})

test('A day outside the window is refused', () => {
  expect(() => aTable([aRow({ day: addDays(WINDOW.to, 1) })])).toThrow('outside the window')
})

/** The same in the plainest way. */
function naiveTable(given: readonly UsageRow[]): UsageRow[] {
  const keyOf = ({ userId, model, day }: UsageRow) => JSON.stringify([userId, model, day])
  return [...Map.groupBy(given, keyOf).values()]
    .map((same) => ({ ...(same[0] ?? aRow()), ...sum(same) }))
    .filter((row) => !isNoUsage(row))
    .toSorted((left, right) => (comesBefore(left, right) ? -1 : 1))
}

function comesBefore(left: UsageRow, right: UsageRow): boolean {
  if (left.userId !== right.userId) return left.userId === null || (right.userId !== null && left.userId < right.userId)
  return left.model === right.model ? left.day < right.day : left.model < right.model
}

function sum(some: readonly UsageNumbers[]): UsageNumbers {
  return some.reduce(
    (total, { requests, inputTokens, cachedInputTokens, outputTokens }) =>
      addNumbers(total, { requests, inputTokens, cachedInputTokens, outputTokens }),
    NO_USAGE,
  )
}
