import { describe, expect, test } from '@jest/globals'
import { amountCell, amountColumn } from '../../dashboard/src/format/workbook-sheet.ts'

describe('An amount in a workbook', () => {
  test.each([
    ['12.5', 'USD', 12.5, '[$USD] #,##0.00'],
    ['-0.25', 'eur', -0.25, '[$EUR] #,##0.00'],
    ['1204', 'JPY', 1204, '[$JPY] #,##0'],
    ['0.0000000001', 'KWD', 1e-10, '[$KWD] #,##0.000'],
    ['7', 'credits"]', 7, '#,##0.00'],
  ])('is a number, shown to the smallest coin with its currency: %s %s', (amount, currency, value, format) => {
    expect(amountCell(amount, currency)).toEqual({ value, format })
  })

  test('has as many digits as Excel can hold', () => {
    expect(amountCell('12345.1234567891', 'USD')).toMatchObject({ value: 12345.1234567891 })
    expect(amountCell('123456.1234567891', 'USD')).toMatchObject({ value: 123456.123456789 })
  })
})

describe('The header of a column of amounts', () => {
  const headerOf = (...amounts: string[]) =>
    amountColumn(
      'Cost',
      'cost',
      amounts.map((cost) => ({ cost })),
    )[0]

  test('says nothing while each amount fits, however long its zeros are', () => {
    expect(headerOf('12345.1234567891', '-0.0000000001', '1000000000000000000', '')).toBe('Cost')
  })

  test('says that amounts are rounded as soon as one has more digits than a cell can hold', () => {
    expect(headerOf('1', '123456.1234567891')).toBe('Cost (rounded to 15 digits)')
  })
})
