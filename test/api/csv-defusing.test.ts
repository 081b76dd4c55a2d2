import { describe, expect, test } from '@jest/globals'
import { assert, constantFrom, property, string } from 'fast-check'
import { toCsv } from '../../functions/api/http/csv.ts'
import { anyCharacter } from '../any-character.ts'
import { strictly, undefused } from './parse-csv.ts'

describe('Defusing a text in CSV', () => {
  const columns = { text: (row: { text: string | null }) => row.text }
  const cellOf = (text: string) => strictly(toCsv(columns, [{ text }]))[1]?.[0] ?? ''

  test.each([
    '=1',
    '+1',
    '-1',
    '@a',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '＝1',
    '＋1',
    '－1',
    '＠1',
    '\u200b=1',
    "'=1",
    "'",
  ])('puts a quote before %j', (text) => {
    expect(cellOf(text)).toBe(`'${text}`)
  })

  test.each(['a=1', 'Ana', '1-2', 'a@acme.example', '<b>', '', 'O’Neil'])('leaves %j as it is', (text) => {
    expect(cellOf(text)).toBe(text)
  })

  test('leaves a text that its column marks as a number as it is, and no other', () => {
    const marked = {
      amount: (row: { amount: string }) => ({ number: row.amount }),
      text: (row: { amount: string }) => row.amount,
    }
    expect(strictly(toCsv(marked, [{ amount: '-12.5' }]))[1]).toEqual(['-12.5', "'-12.5"])
  })

  test('can be undone for any text by removing one leading quote', () => {
    assert(
      property(
        string({ unit: anyCharacter }),
        constantFrom('', '=', "'", '-', ' @', '\r\n+', 'a\n=', 'a\r'),
        (rest, start) => {
          const text = start + rest
          const cell = cellOf(text)
          expect(undefused(cell)).toBe(text)
          expect(cell).not.toMatch(/^[=+\-@\t\r\n]/)
        },
      ),
      { numRuns: 500 },
    )
  })
})
