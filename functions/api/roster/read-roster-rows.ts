import Papa from 'papaparse'
import { ROSTER_ENTRIES_AT_MOST } from '../../../shared/contracts/roster-contract.ts'
import { ValidationError } from '../http/api-errors.ts'

/** A row of the file, by the number of its first line. The file's first line is 1. */
export interface RosterRow {
  readonly line: number
  readonly cells: readonly string[]
}

/** What Excel writes before the header to name the separator, and understands itself. */
const SEPARATOR_LINE = /^sep=([,;\t])\n/i

/**
 * The rows of a CSV file, the header among them. The separator is the first one that the header has: a comma, a tab, or the semicolon
 * that Excel writes where the comma is the decimal separator; or that of a first line `sep=;`. Lines end with LF, CRLF or CR. Lines without any text
 * are skipped, and a line break within a quoted cell becomes a blank. One row more than a roster may have is read. Throws `ValidationError`,
 * with the line, for a misplaced quotation mark, and for a line break in a cell with an address: a missing quotation mark can have
 * swallowed a line there.
 */
export function readRosterRows(csv: string): RosterRow[] {
  const whole = csv.replaceAll(/\r\n?/g, '\n')
  const [separatorLine = '', separator] = SEPARATOR_LINE.exec(whole) ?? []
  const text = whole.slice(separatorLine.length)
  const rows: RosterRow[] = []
  let line = separator === undefined ? 1 : 2
  Papa.parse<string[]>(text, {
    delimiter: separator ?? firstSeparatorOf(text),
    newline: '\n',
    step: ({ data: cells, errors: [mistake] }, parser) => {
      if (mistake !== undefined) throw mistakeIn(line, mistake.code)
      if (cells.some((cell) => cell.includes('\n') && cell.includes('@'))) throw swallowedIn(line)
      if (cells.some((cell) => cell.trim() !== '')) {
        rows.push({ line, cells: cells.map((cell) => cell.replaceAll(/\s*\n\s*/g, ' ')) })
      }
      line += 1 + cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)
      // The header and one too many.
      if (rows.length === ROSTER_ENTRIES_AT_MOST + 2) parser.abort()
    },
  })
  return rows
}

/** That of the first line with a text. A comma if there is none. */
function firstSeparatorOf(text: string): string {
  const [header = ''] = text.trimStart().split('\n', 1)
  return /[,;\t]/.exec(header)?.[0] ?? ','
}

function swallowedIn(line: number): ValidationError {
  const message = 'has a line break in a cell with an address: is a quotation mark missing?'
  return new ValidationError([{ field: `line ${line}`, message }])
}

/** The library's messages are not for people. */
function mistakeIn(line: number, code: Papa.ParseError['code']): ValidationError {
  const message =
    code === 'MissingQuotes'
      ? 'has a cell whose quotation mark is never closed'
      : 'has a quotation mark within a quoted cell: write it twice'
  return new ValidationError([{ field: `line ${line}`, message }])
}
