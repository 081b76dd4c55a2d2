import { parse } from 'csv-parse/browser/esm/sync'
import { coinDecimals, isCurrencyCode } from './format-money.ts'
import { capitalize } from './list-in-words.ts'

/** A row of a CSV answer, by its columns. */
export type CsvRow = Readonly<Record<string, string>>
type Cell = string | number | null | { readonly value: Date | number; readonly format: string }
type ReadCell = (row: CsvRow) => Cell

/** A column of a sheet: its header, what its cells are read from, and its width in characters. */
export type Column = readonly [header: string, readCell: ReadCell, width: number]

/** https://support.microsoft.com/office/excel-specifications-and-limits: more than this in one cell breaks a file. */
const LONGEST_CELL = 32_767
/** The same page, "Number precision": a cell of a number holds no more. */
const EXACT_DIGITS = 15
const DAY_FORMAT = 'yyyy-mm-dd'
const TIME_FORMAT = 'yyyy-mm-dd hh:mm'

export function rowsOfCsv(csv: string): CsvRow[] {
  return parse(csv, { columns: true, bom: true })
}

/** A sheet with a row for each row of a CSV answer, under a header that stays in view. */
export function sheetOf(sheet: string, columns: readonly Column[], rows: readonly CsvRow[]) {
  return {
    sheet,
    data: [
      headerCells(columns.map(([header]) => header)),
      ...rows.map((row) => columns.map(([, readCell]) => readCell(row))),
    ],
    columns: columns.map(([, , width]) => ({ width })),
    stickyRowsCount: 1,
  }
}

export function headerCells(titles: readonly string[]) {
  return titles.map((value) => ({ value, fontWeight: 'bold' as const }))
}

/** A cell that is empty where the CSV answer has nothing. */
export function cell(column: string, toCell: (text: string, row: CsvRow) => Cell): ReadCell {
  return (row) => {
    const text = row[column] ?? ''
    return text === '' ? null : toCell(text, row)
  }
}

export const textCell = (column: string) => cell(column, toText)
export const numberCell = (column: string) => cell(column, Number)
export const timeCell = (column: string) => cell(column, toTime)
export const dayCell = (column: string) =>
  cell(column, (day) => ({ value: new Date(`${day}T00:00:00.000Z`), format: DAY_FORMAT }))

/** A code of the API in words, `Company domain`, unless it has a label of its own. */
export const wordsCell = (column: string, labels: Readonly<Record<string, string | undefined>> = {}) =>
  cell(column, (code) => labels[code] ?? capitalize(code.replaceAll('_', ' ').replace(/^api\b/, 'API')))

/** Amounts of money in the currency of their row. The header says so if a number cannot hold all of their digits. */
export function amountColumn(header: string, column: string, rows: readonly CsvRow[]): Column {
  const isRounded = rows.some((row) => significantDigits(row[column] ?? '') > EXACT_DIGITS)
  return [
    isRounded ? `${header} (rounded to ${EXACT_DIGITS} digits)` : header,
    cell(column, (amount, row) => amountCell(amount, row['currency'] ?? '')),
    isRounded ? 32 : 16,
  ]
}

/** An amount as a number with all digits that fit, shown to the currency's smallest coin: `USD 1,204.50`. */
export function amountCell(amount: string, currency: string): Cell {
  const decimals = '0'.repeat(coinDecimals(currency))
  const digits = decimals === '' ? '#,##0' : `#,##0.${decimals}`
  const value = Number(Number(amount).toPrecision(EXACT_DIGITS))
  return { value, format: isCurrencyCode(currency) ? `[$${currency.toUpperCase()}] ${digits}` : digits }
}

export function toTime(instant: string) {
  return { value: new Date(instant), format: TIME_FORMAT }
}

function significantDigits(amount: string): number {
  return amount.replaceAll(/[-.]/g, '').replaceAll(/^0+|0+$/g, '').length
}

/** CSV answers prefix texts that a spreadsheet could run with '. A workbook marks cells as text instead. */
export function toText(text: string): string {
  return clipped(text.startsWith("'") ? text.slice(1) : text)
}

/** A text that is not too long for a cell. */
export function clipped(text: string): string {
  return text.slice(0, LONGEST_CELL)
}
