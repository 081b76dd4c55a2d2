import { parse } from 'csv-parse/browser/esm/sync'
import writeExcelFile from 'write-excel-file/universal'
import { TOTAL_MEASURES } from '../../../../shared/data-sets/by-series.ts'
import { userSchema } from '../../../../shared/contracts/data-contract.ts'
import { addDays } from '../../../../shared/domain/day.ts'
import { USE_LABELS } from '../../components/member-labels.ts'
import { capitalize } from '../../format/list-in-words.ts'

type Row = Readonly<Record<string, string>>
type Cell = string | number | null | { readonly value: Date; readonly format: string }

/** https://support.microsoft.com/office/excel-specifications-and-limits: more than this in one cell breaks a file. */
const LONGEST_CELL = 32_767
const DAY_FORMAT = 'yyyy-mm-dd'
const TIME_FORMAT = 'yyyy-mm-dd hh:mm'

/** The columns of the member sheet: the header, the CSV column, and how to convert its text to a cell. */
const COLUMNS: readonly (readonly [header: string, column: string, toCell: (text: string) => Cell, width: number])[] = [
  ['Name', 'name', toText, 24],
  ['Email', 'email', toText, 32],
  ['Kind', 'kind', toWords, 14],
  ['Role', 'role', toText, 10],
  ['Account', 'accountStatus', toWords, 10],
  ['Seat', 'seatType', toWords, 10],
  ['Reason for the seat', 'seatReason', toWords, 18],
  ['Use', 'license', toUse, 10],
  ['Last activity', 'lastActiveOn', toDate, 12],
  ['Last activity known from', 'lastActivitySource', toWords, 22],
  ['Last sign-in', 'lastLoginOn', toDate, 12],
  ...TOTAL_MEASURES.map(({ label, name }) => [label, name, toNumber, Math.max(12, label.length)] as const),
  ['Added (UTC)', 'addedAt', toTime, 17],
  ['Removed (UTC)', 'removedAt', toTime, 17],
  ['Projects', 'projects', toProjects, 40],
  ['ID', 'id', toText, 30],
]

/**
 * Creates an Excel workbook from a CSV answer about members: a sheet of members, and a sheet of their daily requests
 * with the same people in the same order. `firstDay` is the day of the first daily number.
 */
export function membersWorkbook(csv: string, firstDay: string | undefined): Promise<Blob> {
  const rows: Row[] = parse(csv, { columns: true, bom: true })
  const members = [header(COLUMNS.map(([title]) => title)), ...rows.map(memberOf)]
  const days = dailyOf(rows, firstDay)
  return writeExcelFile([
    { data: members, sheet: 'Members', columns: COLUMNS.map(([, , , width]) => ({ width })), stickyRowsCount: 1 },
    { data: days, sheet: 'Requests by day', columns: [{ width: 24 }, { width: 32 }], stickyRowsCount: 1 },
  ]).toBlob()
}

function header(titles: readonly string[]) {
  return titles.map((value) => ({ value, fontWeight: 'bold' as const }))
}

function memberOf(row: Row): Cell[] {
  return COLUMNS.map(([, column, toCell]) => {
    const text = row[column] ?? ''
    return text === '' ? null : toCell(text)
  })
}

function dailyOf(rows: readonly Row[], firstDay: string | undefined) {
  const numbers = rows.map((row) => (row['dailyRequests'] ?? '').split(' ').filter((text) => text !== ''))
  const days = Math.max(0, ...numbers.map(({ length }) => length))
  const titles = Array.from({ length: days }, (_, index) =>
    firstDay === undefined ? `Day ${String(index + 1)}` : addDays(firstDay, index),
  )
  return [
    header(['Name', 'Email', ...titles]),
    ...rows.map((row, index) => [
      row['name'] === '' ? null : toText(row['name'] ?? ''),
      row['email'] === '' ? null : toText(row['email'] ?? ''),
      ...(numbers[index] ?? []).map(Number),
    ]),
  ]
}

/** CSV answers prefix texts that a spreadsheet could run with '. A workbook marks cells as text instead. */
function toText(text: string): string {
  return (text.startsWith("'") ? text.slice(1) : text).slice(0, LONGEST_CELL)
}

function toWords(code: string): string {
  return capitalize(code.replaceAll('_', ' ').replace(/^api\b/, 'API'))
}

/** The labels of the pages. */
function toUse(license: string): string {
  return new Map<string, string>(Object.entries(USE_LABELS)).get(license) ?? license
}

function toNumber(text: string): number {
  return Number(text)
}

function toDate(day: string): Cell {
  return { value: new Date(`${day}T00:00:00.000Z`), format: DAY_FORMAT }
}

function toTime(instant: string): Cell {
  return { value: new Date(instant), format: TIME_FORMAT }
}

/** The project names with the role in each, from a CSV column in JSON. */
function toProjects(json: string): string {
  const projects = userSchema.shape.projects.parse(JSON.parse(json)) ?? []
  return projects
    .map(({ id, name, role }) => (role === null ? (name ?? id) : `${name ?? id} (${role})`))
    .join(', ')
    .slice(0, LONGEST_CELL)
}
