import Papa from 'papaparse'
import { ROSTER_ENTRIES_AT_MOST } from '../../../shared/contracts/roster-contract.ts'
import { ValidationError } from '../http/api-errors.ts'

/** A row of the file, by the number of its first line. The file's first line is 1. */
export interface RosterRow {
  readonly line: number
  readonly cells: readonly string[]
}

/**
 * The rows of a CSV file, the header among them. The separator is the one that the header has: a comma, or the semicolon that Excel writes
 * where the comma is the decimal separator. Lines end with LF, CRLF or CR. Lines without any text are skipped. One row more than a roster
 * may have is read. Throws `ValidationError` for a misplaced quotation mark, with the line.
 */
export function readRosterRows(csv: string): RosterRow[] {
  const text = csv.replaceAll(/\r\n?/g, '\n')
  const rows: RosterRow[] = []
  let line = 1
  Papa.parse<string[]>(text, {
    delimiter: /^[^,\n]*;/.test(text.trimStart()) ? ';' : ',',
    newline: '\n',
    step: ({ data: cells, errors: [mistake] }, parser) => {
      if (mistake !== undefined) throw mistakeIn(line, mistake.code)
      if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells })
      line += 1 + cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)
      // The header and one too many.
      if (rows.length === ROSTER_ENTRIES_AT_MOST + 2) parser.abort()
    },
  })
  return rows
}

/** The library's messages are not for people. */
function mistakeIn(line: number, code: Papa.ParseError['code']): ValidationError {
  const message =
    code === 'MissingQuotes'
      ? 'has a cell whose quotation mark is never closed'
      : 'has a quotation mark within a quoted cell: write it twice'
  return new ValidationError([{ field: `line ${line}`, message }])
}
