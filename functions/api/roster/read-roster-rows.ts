import { CsvError, parse } from 'csv-parse/sync'
import { ROSTER_ENTRIES_AT_MOST } from '../../../shared/contracts/roster-contract.ts'
import { ValidationError } from '../http/api-errors.ts'

/** More than five cells of the longest allowed texts take, so that a quotation mark that is never closed does not take the whole file. */
const ROW_BYTES_AT_MOST = 10_000

/** A row of the file, by the number of its first line. The file's first line is 1. */
export interface RosterRow {
  readonly line: number
  readonly cells: readonly string[]
}

/**
 * The rows of a CSV file, the header among them. The separator is the one that the header has: a comma, or the semicolon that Excel writes
 * where the comma is the decimal separator. Lines end with LF, CRLF or CR. Lines without any text are skipped. One row more than a roster
 * may have is read. Throws `ValidationError` for misplaced quotation marks, with the line.
 */
export function readRosterRows(csv: string): RosterRow[] {
  const text = csv.replaceAll(/\r\n?/g, '\n')
  const rows: RosterRow[] = []
  const addRow = (cells: string[], { lines: lastLine }: { lines: number }) => {
    rows.push({ line: lastLine - linesWithin(cells), cells })
    return null
  }
  try {
    parse(text, {
      delimiter: /^[^,\n]*;/.test(text.trimStart()) ? ';' : ',',
      record_delimiter: '\n',
      max_record_size: ROW_BYTES_AT_MOST,
      relax_column_count: true,
      skip_records_with_empty_values: true,
      to: ROSTER_ENTRIES_AT_MOST + 2,
      on_record: addRow,
    })
  } catch (error) {
    throw error instanceof CsvError ? mistakeIn(error, rows.at(-1)) : error
  }
  return rows
}

/** How many line breaks the cells of a row have. */
function linesWithin(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)
}

/** The library's messages quote the file, so only the kind of an error is used. */
function mistakeIn(
  { code, lines }: CsvError & { readonly lines?: unknown },
  last: RosterRow | undefined,
): ValidationError {
  if (code === 'CSV_INVALID_CLOSING_QUOTE' || code === 'INVALID_OPENING_QUOTE') {
    return new ValidationError([
      {
        field: `line ${String(lines)}`,
        message: 'has a quotation mark within a cell: write it twice, and one at each end',
      },
    ])
  }
  const place = last === undefined ? 'at the beginning' : `after line ${last.line}`
  const message = `has a row ${place} that is too long, or a quotation mark there that is never closed`
  return new ValidationError([{ field: 'body', message }])
}
