import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { addDays } from '../../shared/domain/day.ts'
import { amountOf } from '../../shared/domain/amount.ts'
import { compareMonths } from '../../dashboard/src/pages/spend/compare-months.ts'

const ONE = 10n ** 10n

/** A row of one for each day. */
function onesFrom(from: string, days: number) {
  return Array.from({ length: days }, (_, index) => ({ day: addDays(from, index), amount: '1' }))
}

describe('A month so far', () => {
  test.each([
    [
      'in the middle of a month',
      '2026-11-24',
      ['2026-11-01', 24n],
      ['2026-11-22', '2026-10-22', 22n],
      '2026-10-31',
      31n,
    ],
    ['on the 3rd', '2026-11-03', ['2026-11-01', 3n], ['2026-11-01', '2026-10-01', 1n], '2026-10-31', 31n],
    ['on the 2nd, when no day is complete', '2026-11-02', ['2026-11-01', 2n], null, '2026-10-31', 31n],
    ['on the 1st', '2026-11-01', ['2026-11-01', 1n], null, '2026-10-31', 31n],
    [
      'after a month of 30 days',
      '2026-12-31',
      ['2026-12-01', 31n],
      ['2026-12-29', '2026-11-29', 29n],
      '2026-11-30',
      30n,
    ],
    [
      'after a month of 31 days',
      '2026-08-31',
      ['2026-08-01', 31n],
      ['2026-08-29', '2026-07-29', 29n],
      '2026-07-31',
      31n,
    ],
    ['on March 30', '2026-03-30', ['2026-03-01', 30n], ['2026-03-28', '2026-02-28', 28n], '2026-02-28', 28n],
    [
      'after February, with as many days',
      '2026-03-31',
      ['2026-03-01', 31n],
      ['2026-03-28', '2026-02-28', 28n],
      '2026-02-28',
      28n,
    ],
    ['in a leap year', '2028-03-31', ['2028-03-01', 31n], ['2028-03-29', '2028-02-29', 29n], '2028-02-29', 29n],
    ['in January', '2027-01-05', ['2027-01-01', 5n], ['2027-01-03', '2026-12-03', 3n], '2026-12-31', 31n],
  ] as const)(
    'has its complete days beside as many of the month before: %s',
    (_, to, [first, count], compared, lastEnd, whole) => {
      const from = addDays(to, -99)
      const lastFirst = `${lastEnd.slice(0, 7)}-01`
      expect(compareMonths(onesFrom(from, 100), { from, to })).toEqual({
        thisMonth: { from: first, to, units: count * ONE },
        compared: compared && {
          now: { from: first, to: compared[0], units: compared[2] * ONE },
          before: { from: lastFirst, to: compared[1], units: compared[2] * ONE },
        },
        lastMonth: { from: lastFirst, to: lastEnd, units: whole * ONE },
      })
    },
  )

  test('is beside nothing when the costs do not cover the whole month before', () => {
    const covered = { from: '2026-10-02', to: '2026-11-24' }
    const { thisMonth, compared, lastMonth } = compareMonths(onesFrom(covered.from, 54), covered)
    expect([thisMonth.units, compared, lastMonth]).toEqual([24n * ONE, null, null])
  })

  test('starts where the costs start, if that is within the month', () => {
    const covered = { from: '2026-11-20', to: '2026-11-24' }
    expect(compareMonths(onesFrom(covered.from, 5), covered).thisMonth).toEqual({ ...covered, units: 5n * ONE })
  })

  test('is added exactly, with credits and all ten decimals, where floats are not exact', () => {
    const amounts = ['0.1', '0.2', '-0.0000000001', '90071992547409.93']
    const rows = amounts.map((amount, index) => ({ day: addDays('2026-11-01', index), amount }))
    const { units } = compareMonths(rows, { from: '2026-10-01', to: '2026-11-24' }).thisMonth
    expect(amountOf(units)).toBe('90071992547410.2299999999')
  })

  test('and the month before are the sum of all days that are covered by exactly these two', () => {
    const amounts = fc.array(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), { minLength: 32, maxLength: 62 })
    fc.assert(
      fc.property(amounts, (all) => {
        const rows = all
          .slice(0, 61)
          .map((units, index) => ({ day: addDays('2026-10-01', index), amount: amountOf(units) }))
        const covered = { from: '2026-10-01', to: rows.at(-1)?.day ?? '' }
        const { thisMonth, lastMonth } = compareMonths(rows, covered)
        const sum = all.slice(0, 61).reduce((total, units) => total + units, 0n)
        expect(thisMonth.units + (lastMonth?.units ?? 0n)).toBe(sum)
      }),
    )
  })
})
