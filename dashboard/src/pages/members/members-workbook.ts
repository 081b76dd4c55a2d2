import writeExcelFile from 'write-excel-file/universal'
import { TOTAL_MEASURES } from '../../../../shared/data-sets/by-series.ts'
import { userSchema } from '../../../../shared/contracts/data-contract.ts'
import { addDays } from '../../../../shared/domain/day.ts'
import { capitalize } from '../../format/list-in-words.ts'
import { USE_LABELS } from '../../components/member-labels.ts'
import {
  amountColumn,
  cell,
  clipped,
  type Column,
  type CsvRow,
  dayCell,
  headerCells,
  numberCell,
  rowsOfCsv,
  sheetOf,
  textCell,
  timeCell,
  wordsCell,
} from '../../format/workbook-sheet.ts'

const NAME: Column = ['Name', textCell('name'), 24]
const EMAIL: Column = ['Email', textCell('email'), 32]

/**
 * Creates an Excel workbook from a CSV answer about members: a sheet of members, and a sheet of their daily requests
 * with the same people in the same order. `firstDay` is the day of the first daily number, `part` what the provider calls
 * a project.
 */
export function membersWorkbook(
  csv: string,
  { firstDay, part }: { readonly firstDay: string | undefined; readonly part: string },
): Promise<Blob> {
  const rows = rowsOfCsv(csv)
  return writeExcelFile([sheetOf('Members', memberColumns(rows, part), rows), dailySheet(rows, firstDay)]).toBlob()
}

function memberColumns(rows: readonly CsvRow[], part: string): Column[] {
  return [
    NAME,
    EMAIL,
    ['Kind', wordsCell('kind'), 14],
    ['Role', textCell('role'), 10],
    ['Account', wordsCell('accountStatus'), 10],
    ['Seat', wordsCell('seatType'), 10],
    ['Reason for the seat', wordsCell('seatReason'), 18],
    // The labels of the pages.
    ['Use', wordsCell('license', USE_LABELS), 10],
    ['Last activity', dayCell('lastActiveOn'), 12],
    ['Last activity known from', wordsCell('lastActivitySource'), 22],
    ['Last sign-in', dayCell('lastLoginOn'), 12],
    ...TOTAL_MEASURES.map(({ label, name }): Column => [label, numberCell(name), Math.max(12, label.length)]),
    amountColumn('Cost', 'cost', rows),
    ['Currency', textCell('currency'), 9],
    ['Added (UTC)', timeCell('addedAt'), 17],
    ['Removed (UTC)', timeCell('removedAt'), 17],
    [`${capitalize(part)}s`, cell('projects', projectsInWords), 40],
    ['ID', textCell('id'), 30],
  ]
}

function dailySheet(rows: readonly CsvRow[], firstDay: string | undefined) {
  const numbers = rows.map((row) => (row['dailyRequests'] ?? '').split(' ').filter((text) => text !== ''))
  const days = Math.max(0, ...numbers.map(({ length }) => length))
  const titles = Array.from({ length: days }, (_, index) =>
    firstDay === undefined ? `Day ${String(index + 1)}` : addDays(firstDay, index),
  )
  const people = sheetOf('Requests by day', [NAME, EMAIL], rows)
  const [, ...names] = people.data
  const data = [
    headerCells(['Name', 'Email', ...titles]),
    ...names.map((cells, index) => [...cells, ...(numbers[index] ?? []).map(Number)]),
  ]
  return { ...people, data }
}

/** The project names with the role in each, from a CSV column in JSON. */
function projectsInWords(json: string): string {
  const projects = userSchema.shape.projects.parse(JSON.parse(json)) ?? []
  return clipped(
    projects.map(({ id, name, role }) => (role === null ? (name ?? id) : `${name ?? id} (${role})`)).join(', '),
  )
}
