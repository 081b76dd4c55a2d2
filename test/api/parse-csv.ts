import { parse } from 'csv-parse/sync'

/** A row by the names of its columns. */
export type CsvRow = Record<string, string>

/** A strict parser: any CR or LF outside quotes ends a row, and every row has all columns. */
export function strictly(csv: string): string[][] {
  return parse(csv, { record_delimiter: ['\r\n', '\n', '\r'] })
}

/** The rule of docs/api.md: a text that begins with `'` loses it. */
export function undefused(text: string): string {
  return text.startsWith("'") ? text.slice(1) : text
}

/** The rows below the header, without the prefix of formulas. */
export function rowsOf(csv: string): CsvRow[] {
  const rows: CsvRow[] = parse(csv, { columns: true })
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, undefused(cell)])))
}
