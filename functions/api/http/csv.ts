import Papa from 'papaparse'
import type { CsvCell, CsvColumns } from '../../../shared/contracts/csv-columns.ts'
import type { WireAsOf } from '../../../shared/contracts/data-contract.ts'

/** A list as CSV: the text, the file name, and the sync it was read from. */
export interface CsvAnswer {
  readonly text: string
  readonly fileName: string
  readonly asOf: WireAsOf | null
}

/**
 * Rows as CSV by RFC 4180: a header line, CRLF, quotes where needed, UTF-8 without a byte order mark.
 *
 * A text that a spreadsheet could run as a formula is prefixed with `'`. A text that begins with `'` is prefixed too,
 * so removing one leading `'` from every text restores the original. Numbers are marked as such by their columns and stay unchanged.
 * Source of the list:
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function toCsv<Row>(columns: CsvColumns<Row>, rows: readonly Row[]): string {
  const cells = rows.map((row) => Object.values(columns).map((cell) => defused(cell(row))))
  return `${Papa.unparse([Object.keys(columns), ...cells], { newline: '\r\n' })}\r\n`
}

/** Spreadsheets trim leading whitespace, so a formula can follow spaces and control characters. */
const COULD_BE_FORMULA = /^['\t\r\n]|^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u

function defused(cell: CsvCell): string | number | null {
  if (typeof cell === 'object') return cell?.number ?? null
  return typeof cell === 'string' && COULD_BE_FORMULA.test(cell) ? `'${cell}` : cell
}

/** Removes the `'` that `toCsv` puts before a text. Other texts stay, also those that begin with `'`. */
export function undefused(text: string): string {
  return text.startsWith("'") && COULD_BE_FORMULA.test(text.slice(1)) ? text.slice(1) : text
}
