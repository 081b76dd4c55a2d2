import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { costs } from '../../../shared/data-sets/costs/costs.ts'
import { encodeRows } from '../../../shared/data-sets/day-series/codec.ts'
import { digestOf } from '../../../shared/data-sets/day-series/digest.ts'
import { storedTable } from '../../../shared/data-sets/day-series/stored-table.ts'
import { usage } from '../../../shared/data-sets/usage/usage.ts'
import { aRow, aTable, WINDOW } from '../../builders.ts'
import { anySnapshot } from '../random-snapshot.ts'

const ENCODED = encodeRows(
  aTable([aRow({ userId: null }), aRow(), aRow({ model: 'gpt-5-mini' }), aRow({ userId: 'bob' })]),
  aTable([aRow({ userId: null }), aRow(), aRow({ model: 'gpt-5-mini' }), aRow({ userId: 'bob' })]).all,
)

test('A stored table equals the one that was encoded', () => {
  fc.assert(
    fc.property(anySnapshot, ({ series }) => {
      for (const table of Object.values(series)) {
        const stored = JSON.parse(JSON.stringify(encodeRows(table, table.all)))
        expect(digestOf(storedTable(table.series, table.window, stored))).toBe(digestOf(table))
      }
    }),
    { numRuns: 100 },
  )
})

describe('What is no table is refused:', () => {
  test.each([
    ['rows of another series', { series: costs.id }],
    ['days that begin elsewhere', { baseDay: '2020-01-01' }],
    ['days after the window', { days: ENCODED.days.map(() => 900) }],
    ['too few days', { days: ENCODED.days.slice(1) }],
    ['too many days', { days: [...ENCODED.days, 0] }],
    ['people in another order', { users: ENCODED.users.toReversed() }],
    ['a person who is missing', { users: ENCODED.users.slice(1) }],
    ['rows in another order', { runs: ENCODED.runs.toReversed() }],
    ['a number that is no count', { amounts: { ...ENCODED.amounts, requests: ENCODED.days.map(() => 0.5) } }],
    ['a column that is too short', { amounts: { ...ENCODED.amounts, requests: [1] } }],
    ['a column that is missing', { amounts: {} }],
  ])('%s', (_title, change) => {
    expect(() => storedTable(usage, WINDOW, ENCODED)).not.toThrow()
    expect(() => storedTable(usage, WINDOW, { ...ENCODED, ...change })).toThrow()
  })
})
