import { stringify } from 'csv-stringify/sync'
import type { CsvCell, CsvColumns } from '../../../shared/contracts/csv-columns.ts'
import type { WireAsOf } from '../../../shared/contracts/data-contract.ts'

/** A list as CSV: the text, what the file is called, and which sync it shows. */
export interface CsvAnswer {
  readonly text: string
  readonly fileName: string
  readonly asOf: WireAsOf | null
}

/**
 * Rows as CSV by RFC 4180: a header line, CRLF, quotes where needed, UTF-8 without a byte order mark.
 *
 * A text that a spreadsheet could run as a formula gets a `'` before it; so does one that begins with `'`, so that taking
 * one leading `'` off every text gives back what was there. Numbers are ours, and left alone.
 * Source of the list: https://owasp.org/www-community/attacks/CSV_Injection
 */
export function toCsv<Row>(columns: CsvColumns<Row>, rows: readonly Row[]): string {
  const cells = rows.map((row) => Object.values(columns).map((cell) => defused(cell(row))))
  return stringify(cells, {
    header: true,
    columns: Object.keys(columns),
    record_delimiter: 'windows',
    // The library quotes CRLF only, and a reader may break a line at either half.
    quoted_match: /[\r\n]/,
  })
}

/** Spreadsheets skip what they trim: a formula may stand behind spaces and control characters. */
const COULD_BE_FORMULA = /^['\t\r\n]|^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u

function defused(cell: CsvCell): CsvCell {
  return typeof cell === 'string' && COULD_BE_FORMULA.test(cell) ? `'${cell}` : cell
}
