import { expect, test } from '@jest/globals'
import {
  formatChange,
  formatDifference,
  formatExactMoney,
  formatMoney,
  formatMoneyShort,
  formatShareOfUnits,
  unitsIn,
} from '../../dashboard/src/format/format-money.ts'

test.each([
  ['0', 'USD', '$0.00'],
  ['1204.5', 'USD', '$1,204.50'],
  ['-3.25', 'USD', '-$3.25'],
  ['0.005', 'USD', '$0.01'],
  ['-0.005', 'USD', '-$0.01'],
  // As a float, it would be less than half a cent more than a dollar.
  ['1.005', 'USD', '$1.01'],
  ['0.0049999999', 'USD', '< $0.01'],
  ['-0.0000000001', 'USD', '> -$0.01'],
  ['9007199254740.93', 'USD', '$9,007,199,254,740.93'],
  ['1204.5', 'JPY', '¥1,205'],
  ['0.4', 'JPY', '< ¥1'],
  ['2', 'EUR', '€2.00'],
  ['2.5', 'a currency', '2.5'],
])('%s in %s reads %s', (amount, currency, text) => {
  expect(formatMoney(amount, currency)).toBe(text)
})

test('A title has every digit', () => {
  expect(formatExactMoney(unitsIn('-12.0000000001'), 'USD')).toBe('-12.0000000001 USD')
})

test('A scale is short', () => {
  expect([0.4, 30, 1200, 2_500_000].map((amount) => formatMoneyShort(amount * 1e10, 'USD'))).toEqual([
    '$0.4',
    '$30',
    '$1.2K',
    '$2.5M',
  ])
})

test('A difference has a sign', () => {
  expect(['12', '-12', '0', '0.001', '-0.001'].map((amount) => formatDifference(unitsIn(amount), 'USD'))).toEqual([
    '+$12.00',
    '-$12.00',
    '$0.00',
    '< $0.01',
    '> -$0.01',
  ])
})

test('There is no share of a total that is not positive, and no change from nothing', () => {
  expect([formatShareOfUnits(1n, 3n), formatShareOfUnits(-1n, 4n), formatShareOfUnits(1n, 0n)]).toEqual([
    '33.3%',
    '-25.0%',
    '–',
  ])
  expect([formatChange(3n, 2n), formatChange(1n, 2n), formatChange(2n, 2n), formatChange(2n, 0n)]).toEqual([
    '+50%',
    '-50%',
    '0%',
    '–',
  ])
})
