import writeExcelFile from 'write-excel-file/universal'
import { sumOfAmounts } from '../../../../shared/domain/amount.ts'
import { USE_LABELS } from '../../components/member-labels.ts'
import {
  amountCell,
  amountColumn,
  clipped,
  type Column,
  type CsvRow,
  dayCell,
  numberCell,
  rowsOfCsv,
  sheetOf,
  textCell,
  toText,
  wordsCell,
} from '../../format/workbook-sheet.ts'

const NAME: Column = ['Name', textCell('name'), 24]
const EMAIL: Column = ['Email', textCell('email'), 32]

/**
 * Creates an Excel workbook from a CSV answer about people: a sheet with a row for each person, and a sheet with a row for
 * each membership.
 */
export function peopleWorkbook(csv: string): Promise<Blob> {
  const rows = rowsOfCsv(csv)
  const people = [...Map.groupBy(rows, ({ personId }) => personId).values()]
  const firsts = people.flatMap((ofPerson) => ofPerson.slice(0, 1))
  return writeExcelFile([
    sheetOf('People', peopleColumns(rows, people), firsts),
    sheetOf('Memberships', membershipColumns(rows), rows),
  ]).toBlob()
}

/** One row for each person. Amounts have a column for each currency, since currencies are never added to each other. */
function peopleColumns(rows: readonly CsvRow[], people: readonly (readonly CsvRow[])[]): Column[] {
  const byFirst = new Map(people.map((ofPerson) => [ofPerson[0], ofPerson]))
  const rowsOf = (first: CsvRow) => byFirst.get(first) ?? []
  const currencies = [...new Set(rows.flatMap(({ currency = '' }) => (currency === '' ? [] : [currency])))].toSorted()
  return [
    NAME,
    EMAIL,
    ['Department', textCell('department'), 18],
    ['Manager', textCell('manager'), 28],
    ['Organizations', numberCell('organizations'), 14],
    [
      'Names of organizations',
      (row) =>
        clipped(
          rowsOf(row)
            .map(({ integrationName = '' }) => toText(integrationName))
            .join(', '),
        ),
      40,
    ],
    ['Last activity', (row) => dayCell('lastActiveOn')({ lastActiveOn: latest(rowsOf(row)) }), 12],
    ['Requests', (row) => rowsOf(row).reduce((sum, { requests }) => sum + Number(requests), 0), 12],
    ...currencies.map((currency): Column => [
      `Cost (${currency})`,
      (row) => {
        const amounts = rowsOf(row).flatMap((each) => (each['currency'] === currency ? (each['cost'] ?? []) : []))
        return amounts.length === 0 ? null : amountCell(sumOfAmounts(amounts), currency)
      },
      16,
    ]),
    ['ID', textCell('personId'), 26],
  ]
}

function membershipColumns(rows: readonly CsvRow[]): Column[] {
  return [
    NAME,
    EMAIL,
    ['Department', textCell('department'), 18],
    ['Organization', textCell('integrationName'), 28],
    ['Provider', textCell('provider'), 12],
    ['Role', textCell('role'), 12],
    ['Account', wordsCell('accountStatus'), 10],
    ['Seat', wordsCell('seatType'), 10],
    ['Reason for the seat', wordsCell('seatReason'), 18],
    // The labels of the pages.
    ['Use', wordsCell('license', USE_LABELS), 12],
    ['Last activity', dayCell('lastActiveOn'), 12],
    ['Requests', numberCell('requests'), 12],
    amountColumn('Cost', 'cost', rows),
    ['Currency', textCell('currency'), 9],
    ['Working keys', numberCell('keys'), 13],
    ['ID of the person', textCell('personId'), 26],
    ['ID of the member', textCell('userId'), 30],
  ]
}

/** The latest day of any organization. Empty without one. */
function latest(rows: readonly CsvRow[]): string {
  return (
    rows
      .map(({ lastActiveOn = '' }) => lastActiveOn)
      .toSorted()
      .at(-1) ?? ''
  )
}
