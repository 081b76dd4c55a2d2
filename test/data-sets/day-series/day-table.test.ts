import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { summedOverPeople } from '../../../shared/data-sets/day-series/series-view.ts'
import { addDays } from '../../../shared/domain/day.ts'
import { daysOfWindow } from '../../../shared/domain/window.ts'
import { aRow, aTable, rowsIn, WINDOW } from '../../builders.ts'
import {
  DAYS,
  naiveRows,
  plainAmounts,
  type PlainRow,
  plainRows,
  seriesWithRows,
  sumOf,
  tableOf,
  USERS,
} from './random-series.ts'

test('For rows in any order, a table has each person, label and day once, added up and sorted, without empty rows', () => {
  fc.assert(
    fc.property(seriesWithRows, ({ series, rows }) => {
      const table = tableOf(series, rows)
      expect(plainRows(table)).toEqual(naiveRows(rows))
      expect(table.rowCount).toBe(naiveRows(rows).length)
      expect(table.users).toEqual([...new Set(naiveRows(rows).map(({ userId }) => userId))])
    }),
  )
})

test('A table’s figures of one user are those of the user’s rows', () => {
  fc.assert(
    fc.property(seriesWithRows, fc.constantFrom(...USERS, 'nobody'), ({ series, rows }, userId) => {
      const table = tableOf(series, rows)
      const own = rows.filter((row) => row.userId === userId)
      expect(plainAmounts(table.totalOf(userId))).toEqual(sumOf(own, series.measures.length))
      for (const [at, { name, kind }] of series.measures.entries()) {
        if (kind !== 'count') continue
        const amountOn = (day: string) =>
          sumOf(
            own.filter((row) => row.day === day),
            series.measures.length,
          )[at]
        const daily = daysOfWindow(WINDOW).map((day) => Number(amountOn(day) ?? 0n))
        expect(table.dailyCountsOf(userId, name)).toEqual(daily)
      }
    }),
  )
})

test('A day is a day of use by any count of the activity, except in rows that are no use', () => {
  fc.assert(
    fc.property(seriesWithRows, fc.constantFrom(...USERS, 'nobody'), ({ series, rows }, userId) => {
      const { measures = [], except = [] } = series.activity ?? {}
      const isUse = ({ labels, amounts }: PlainRow) =>
        !except.includes(labels[0] ?? '-') &&
        series.measures.some(({ name }, at) => measures.includes(name) && amounts[at] !== 0n)
      const used = rows.filter((row) => row.userId === userId && isUse(row)).map(({ day }) => day)
      expect(tableOf(series, rows).lastActiveDayOf(userId)).toBe(used.toSorted().at(-1) ?? null)
    }),
  )
})

test('A day is known not to be empty by the main measure alone', () => {
  fc.assert(
    fc.property(seriesWithRows, fc.subarray([...DAYS, '2026-09-25']), ({ series, rows }, days) => {
      const main = series.measures.findIndex(({ name }) => name === series.mainMeasure)
      const isKnown = naiveRows(rows).some(({ day, amounts }) => days.includes(day) && amounts[main] !== 0n)
      expect(tableOf(series, rows).hasDataOn(days)).toBe(isKnown)
    }),
  )
})

test('Added up over people, a table has a row for each label and day', () => {
  fc.assert(
    fc.property(seriesWithRows, ({ series, rows }) => {
      const withoutPeople = rows.map((row) => ({ ...row, userId: null }))
      expect(plainRows(summedOverPeople(tableOf(series, rows)))).toEqual(naiveRows(withoutPeople))
    }),
  )
})

test('Rows are added and read with the names of the declaration', () => {
  const rows = [aRow({ model: 'gpt-5' }), aRow({ userId: null, requests: 7, outputTokens: 0 })]
  expect(rowsIn(aTable(rows))).toEqual(rows.toReversed())
  expect(aTable(rows).totalOf(null)).toEqual({
    requests: 7,
    inputTokens: 10,
    cachedInputTokens: 2,
    outputTokens: 0,
  })
})

test('Rows beyond the initial capacity are stored, and numbers are exact up to the largest safe integer', () => {
  const many = Array.from({ length: 5_000 }, (_, index) =>
    aRow({ userId: `user-${String(index).padStart(4, '0')}`, inputTokens: index }),
  )
  expect(rowsIn(aTable(many.toReversed()))).toEqual(many)
  const large = aRow({ inputTokens: Number.MAX_SAFE_INTEGER - 10 })
  expect(aTable([large, aRow({ inputTokens: 10 })]).totalOf('ana').inputTokens).toBe(Number.MAX_SAFE_INTEGER)
})

test('A day outside the window is refused', () => {
  expect(() => aTable([aRow({ day: addDays(WINDOW.to, 1) })])).toThrow('outside the window')
})
