import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import type { DaySeries } from '../../../shared/data-sets/data-set.ts'
import { addEncoded, encodeRows } from '../../../shared/data-sets/day-series/codec.ts'
import type { DayTable } from '../../../shared/data-sets/day-series/day-table.ts'
import { DayTableBuilder } from '../../../shared/data-sets/day-series/day-table-builder.ts'
import { digestOf } from '../../../shared/data-sets/day-series/digest.ts'
import type { Window } from '../../../shared/domain/window.ts'
import { WINDOW } from '../../builders.ts'
import { later, measureOf, naiveRows, plainRows, seriesWithRows, tableOf } from './random-series.ts'

/** The table after a round trip, split in two at a row. */
function decoded(table: DayTable, cut: number, window: Window = WINDOW, series: DaySeries = table.series): DayTable {
  const builder = new DayTableBuilder(series, window)
  const middle = cut % (table.rowCount + 1)
  for (const span of [
    { from: 0, to: middle },
    { from: middle, to: table.rowCount },
  ]) {
    addEncoded(JSON.parse(JSON.stringify(encodeRows(table, span))), builder)
  }
  return builder.build()
}

test('A table is unchanged after a round trip through its parts, split at any row', () => {
  fc.assert(
    fc.property(seriesWithRows, fc.nat(), ({ series, rows }, cut) => {
      const table = tableOf(series, rows)
      expect(digestOf(decoded(table, cut))).toBe(digestOf(table))
      expect(plainRows(decoded(table, cut))).toEqual(plainRows(table))
    }),
  )
})

test('Decoded for a later window, a table lacks the days before it', () => {
  const window = later(WINDOW, 36)
  fc.assert(
    fc.property(seriesWithRows, fc.nat(), ({ series, rows }, cut) => {
      const left = rows.filter(({ day }) => day >= window.from)
      expect(plainRows(decoded(tableOf(series, rows), cut, window))).toEqual(naiveRows(left))
    }),
  )
})

test('Rows of another series, and of a declaration with a missing measure, are refused', () => {
  fc.assert(
    fc.property(seriesWithRows, ({ series, rows }) => {
      const table = tableOf(series, rows)
      const more = { ...series, measures: [...series.measures, measureOf('count', 'another')] }
      expect(() => decoded(table, 0, WINDOW, { ...series, id: 'other' })).toThrow()
      expect(() => decoded(table, 0, WINDOW, more)).toThrow()
    }),
  )
})
