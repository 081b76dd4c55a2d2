import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { type PersonDay, type PersonDayChange, personDayChanges } from '../../../shared/data-sets/day-series/changes.ts'
import type { DayTable } from '../../../shared/data-sets/day-series/day-table.ts'
import { digestOf } from '../../../shared/data-sets/day-series/digest.ts'
import { WINDOW } from '../../builders.ts'
import { type PlainRow, later, plainRows, seriesWithRows, tableOf, valueOf } from './random-series.ts'

test('Changes applied to the previous table give the next one, and equal tables have no changes', () => {
  fc.assert(
    fc.property(seriesWithRows, ({ series, rows, others }) => {
      const [before, next] = [tableOf(series, rows), tableOf(series, others)]
      expect(applied(storedOf(before), personDayChanges(before, next))).toEqual(storedOf(next))
      expect(applied(new Map(), personDayChanges(null, next))).toEqual(storedOf(next))
      expect([...personDayChanges(next, tableOf(series, others))]).toEqual([])
    }),
  )
})

test('From one window to the next, days that left are deleted and new days are put', () => {
  const moved = later(WINDOW, 1)
  fc.assert(
    fc.property(seriesWithRows, ({ series, rows, others }) => {
      const [before, next] = [tableOf(series, rows), tableOf(series, within(others, moved.from), moved)]
      expect(applied(storedOf(before), personDayChanges(before, next))).toEqual(storedOf(next))
      expect(applied(storedOf(next), personDayChanges(next, before))).toEqual(storedOf(before))
    }),
  )
})

test('Two tables have the same digest exactly if their content is the same, in any order of insertion', () => {
  fc.assert(
    fc.property(seriesWithRows, ({ series, rows, others }) => {
      const isSame = [...personDayChanges(tableOf(series, rows), tableOf(series, others))].length === 0
      expect(digestOf(tableOf(series, rows)) === digestOf(tableOf(series, others))).toBe(isSame)
      expect(digestOf(tableOf(series, rows.toReversed()))).toBe(digestOf(tableOf(series, rows)))
      expect(digestOf(tableOf(series, [], later(WINDOW, 1)))).not.toBe(digestOf(tableOf(series, [])))
      expect(digestOf(tableOf({ ...series, id: 'other' }, rows))).not.toBe(digestOf(tableOf(series, rows)))
    }),
  )
})

test('A day with a single revised measure is a change, and changes the digest', () => {
  fc.assert(
    fc.property(seriesWithRows, fc.nat(), fc.nat(), ({ series, rows }, drawnRow, drawnMeasure) => {
      fc.pre(rows.length > 0)
      const revised = rows.map((row, at) =>
        at === drawnRow % rows.length ? withMore(row, drawnMeasure % row.amounts.length) : row,
      )
      expect(digestOf(tableOf(series, revised))).not.toBe(digestOf(tableOf(series, rows)))
      expect([...personDayChanges(tableOf(series, rows), tableOf(series, revised))]).toHaveLength(1)
    }),
  )
})

function withMore(row: PlainRow, measure: number): PlainRow {
  return { ...row, amounts: row.amounts.map((amount, at) => (at === measure ? amount + 1n : amount)) }
}

function within(rows: readonly PlainRow[], from: string): PlainRow[] {
  return rows.filter(({ day }) => day >= from)
}

function placeOf({ day, userId }: Pick<PersonDay, 'day' | 'userId'>): string {
  return JSON.stringify([day, userId])
}

function applied(stored: Map<string, PersonDay>, changes: Iterable<PersonDayChange>): Map<string, PersonDay> {
  for (const change of changes) {
    if ('put' in change) stored.set(placeOf(change.put), change.put)
    else expect(stored.delete(placeOf(change.delete))).toBe(true)
  }
  return stored
}

/** The stored form of a table: each person's day, with the names of the declaration. */
function storedOf(table: DayTable): Map<string, PersonDay> {
  const { dimensions, measures } = table.series
  const days = new Map<string, PersonDay>()
  for (const { day, userId, labels, amounts } of plainRows(table)) {
    const before = days.get(placeOf({ day, userId }))?.rows ?? []
    const row = Object.fromEntries([
      ...dimensions.map(({ name }, at): [string, string | number] => [name, labels[at] ?? '']),
      ...measures.map(({ name, kind }, at): [string, string | number] => [name, valueOf(kind, amounts[at] ?? 0n)]),
    ])
    days.set(placeOf({ day, userId }), { day, userId, rows: [...before, row] })
  }
  return days
}
