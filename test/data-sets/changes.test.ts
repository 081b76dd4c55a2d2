import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { userDayChanges, type UserDay } from '../../shared/data-sets/changes.ts'
import { digestOf } from '../../shared/data-sets/usage/usage-digest.ts'
import { totalUsage, usageByDay, usageByModel, usageByUser } from '../../shared/data-sets/usage/usage-view.ts'
import type { UsageRow } from '../../shared/data-sets/usage/usage-table.ts'
import { aPerson, aTable, RULES, WINDOW } from '../builders.ts'

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
      const next = aTable(after)
      const stored = userDaysOf(before)
      for (const change of userDayChanges(aTable(before), next)) {
        if ('put' in change) stored.set(placeOf(change.put), change.put)
        else expect(stored.delete(placeOf(change.delete))).toBe(true)
      }
      expect(stored).toEqual(userDaysOf(after))
      expect([...userDayChanges(next, aTable(after))]).toEqual([])
    }),
  )
})

test('From one window to the next, what left it is deleted, and what came is put', () => {
  const moved = { from: '2026-09-27', to: '2026-11-25' }
  fc.assert(
    fc.property(rows, rows, (before, after) => {
      const shown = after.filter(({ day }) => day >= moved.from)
      for (const [from, to] of [
        [aTable(before), aTable(shown, moved)],
        [aTable(shown, moved), aTable(before)],
      ] as const) {
        const changes = [...userDayChanges(from, to)]
        const stored = userDaysOf([...from.rows()])
        for (const change of changes) {
          if ('put' in change) stored.set(placeOf(change.put), change.put)
          else expect(stored.delete(placeOf(change.delete))).toBe(true)
        }
        expect(stored).toEqual(userDaysOf([...to.rows()]))
      }
    }),
  )
})

test('Two tables have the same digest exactly when they hold the same, in whatever order it came', () => {
  fc.assert(
    fc.property(rows, rows, (some, others) => {
      const isSame = [...userDayChanges(aTable(some), aTable(others))].length === 0
      expect(digestOf(aTable(some)) === digestOf(aTable(others))).toBe(isSame)
      expect(digestOf(aTable(some.toReversed()))).toBe(digestOf(aTable(some)))
    }),
  )
  const moved = { from: '2026-09-25', to: '2026-11-23' }
  expect(digestOf(aTable([], moved))).not.toBe(digestOf(aTable([])))
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
        expect(digestOf(aTable(revised))).not.toBe(digestOf(aTable(some)))
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
        usageByUser(snapshot, WINDOW, RULES),
      ]) {
        expect(parts.reduce((sum, row) => sum + row.inputTokens, 0)).toBe(total)
      }
    }),
  )
})

function placeOf({ day, userId }: { day: string; userId: string | null }): string {
  return JSON.stringify([day, userId])
}

/** What is stored of some rows, reckoned row by row: each user's day, its models in order. */
function userDaysOf(some: readonly UsageRow[]): Map<string, UserDay> {
  const days = new Map<string, UserDay>()
  const summed = [...aTable(some).rows()].toSorted((left, right) => (left.model < right.model ? -1 : 1))
  for (const { day, userId, ...numbers } of summed) {
    const at = placeOf({ day, userId })
    days.set(at, { day, userId, models: [...(days.get(at)?.models ?? []), numbers] })
  }
  return days
}
