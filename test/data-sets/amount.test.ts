import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { amountOf, unitsOf } from '../../shared/domain/amount.ts'

/* “A decimal string in the currency's main unit, without exponent and trailing zeros”, “rounded once to ten decimals (half to even)”. */

test.each([
  ['12.50', '12.5'],
  ['1200', '1200'],
  ['-0.250', '-0.25'],
  ['+3', '3'],
  [' 3 ', '3'],
  ['-0.0', '0'],
  ['007', '7'],
  ['1e2', '100'],
  ['1.5E-7', '0.00000015'],
  ['0E-6176', '0'],
  ['1e-30', '0'],
  ['0.3000000000000000000000000001', '0.3'],
  ['0.1234567890123456789', '0.123456789'],
  ['123456789012345678901234567890', '123456789012345678901234567890'],
])('%s is %s', (text, amount) => {
  expect(amountOf(unitsOf(text) ?? -1n)).toBe(amount)
})

test.each([
  ['0.00000000005', '0'],
  ['0.00000000015', '0.0000000002'],
  ['-0.00000000015', '-0.0000000002'],
  ['0.00000000025', '0.0000000002'],
  ['0.000000000250000001', '0.0000000003'],
  ['0.00000000004999', '0'],
  ['9.99999999995', '10'],
])('%s is rounded to %s', (text, amount) => {
  expect(amountOf(unitsOf(text) ?? -1n)).toBe(amount)
})

test.each(['', 'x', 'NaN', '1.', '.5', '0x1', '1_000', '1e', '--1', '1e99999', '1e9999999', '9'.repeat(401)])(
  '%j is no amount',
  (text) => {
    expect(unitsOf(text)).toBeNull()
  },
)

test('An amount has one text, and its units are those of the text', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), (units) => {
      expect(unitsOf(amountOf(units))).toBe(units)
      expect(amountOf(units)).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/)
      expect(amountOf(units)).not.toBe('-0')
    }),
  )
})
