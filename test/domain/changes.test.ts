import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { userDayChanges, userDaysOf, type UserDay } from '../../shared/domain/changes.ts'
import { totalUsage, usageByDay, usageByModel, usageByUser } from '../../shared/domain/usage-view.ts'
import type { UsageRow } from '../../shared/domain/usage-table.ts'
import { aPerson, aTable, WINDOW } from '../builders.ts'

const aUsageRow: fc.Arbitrary<UsageRow> = fc.record({
  day: fc.constantFrom('2026-09-26', '2026-10-31', '2026-11-24'),
  userId: fc.constantFrom(null, 'ana', 'bot', 'left', '__proto__', 'ü🦊'),
  model: fc.constantFrom('gpt-5', 'constructor'),
  requests: fc.nat(3),
  inputTokens: fc.nat(3),
  cachedInputTokens: fc.nat(3),
  outputTokens: fc.nat(3),
})
const rows = fc.array(aUsageRow, { maxLength: 30 })

test('What changed, applied to what was, gives what is; and nothing changed gives nothing', () => {
  fc.assert(
    fc.property(rows, rows, (before, after) => {
      const [previous, next] = [aTable(before), aTable(after)]
      const stored = new Map<string, UserDay>()
      const place = (entry: { day: string; userId: string | null }) => JSON.stringify([entry.day, entry.userId])
      for (const userId of previous.users()) for (const day of userDaysOf(previous, userId)) stored.set(place(day), day)
      for (const change of userDayChanges(previous, next)) {
        if ('put' in change) stored.set(place(change.put), change.put)
        else stored.delete(place(change.delete))
      }
      const expected = next
        .users()
        .flatMap((userId) => userDaysOf(next, userId).map((day) => [place(day), day] as const))
      expect(stored).toEqual(new Map(expected))
      expect([...userDayChanges(next, aTable(after))]).toEqual([])
    }),
  )
})

test('Two tables have the same digest exactly when they hold the same, in whatever order it came', () => {
  fc.assert(
    fc.property(rows, rows, (some, others) => {
      const isSame = [...userDayChanges(aTable(some), aTable(others))].length === 0
      expect(aTable(some).digest() === aTable(others).digest()).toBe(isSame)
      expect(aTable(some.toReversed()).digest()).toBe(aTable(some).digest())
    }),
  )
  const moved = { from: '2026-09-25', to: '2026-11-23' }
  expect(aTable([], moved).digest()).not.toBe(aTable([]).digest())
})

test.each(['requests', 'inputTokens', 'cachedInputTokens', 'outputTokens'] as const)(
  'A day on which only its %s were revised is a change, and gives another digest',
  (number) => {
    fc.assert(
      fc.property(rows, fc.nat(), (some, drawn) => {
        fc.pre(some.length > 0)
        const revised = some.map((row, index) =>
          index === drawn % some.length ? { ...row, [number]: row[number] + 1 } : row,
        )
        expect(aTable(revised).digest()).not.toBe(aTable(some).digest())
        expect([...userDayChanges(aTable(some), aTable(revised))]).toHaveLength(1)
      }),
    )
  },
)

test('The parts always add up to the whole: by day, by model and by user', () => {
  fc.assert(
    fc.property(rows, (some) => {
      const people = [aPerson({ userId: 'ana' }), aPerson({ userId: 'bot', kind: 'service_account' })]
      const snapshot = { people, usage: aTable(some) }
      const total = some.reduce((sum, row) => sum + row.inputTokens, 0)
      expect(totalUsage(snapshot, WINDOW).inputTokens).toBe(total)
      for (const parts of [
        usageByDay(snapshot, WINDOW),
        usageByModel(snapshot, WINDOW),
        usageByUser(snapshot, WINDOW),
      ]) {
        expect(parts.reduce((sum, row) => sum + row.inputTokens, 0)).toBe(total)
      }
    }),
  )
})
