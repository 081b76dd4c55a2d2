import writeExcelFile from 'write-excel-file/universal'
import type { CostGrouping } from '../../../../shared/contracts/costs-contract.ts'
import { amountOf } from '../../../../shared/domain/amount.ts'
import type { Day } from '../../../../shared/domain/day.ts'
import { capitalize } from '../../format/list-in-words.ts'
import { unitsIn } from '../../format/format-money.ts'
import {
  amountCell,
  amountColumn,
  type Column,
  type CsvRow,
  dayCell,
  rowsOfCsv,
  sheetOf,
  textCell,
  toText,
  toTime,
  wordsCell,
} from '../../format/workbook-sheet.ts'
import { KIND_LABELS, UNATTRIBUTED } from './cost-rows.ts'
import type { CostFiles } from './read-cost-files.ts'

/** What the first sheet says of the others. */
export interface AboutCosts {
  readonly organization: string
  /** What the provider calls a project. */
  readonly part: string
  readonly from: Day
  readonly to: Day
  /** Whose word it is which people caused costs. */
  readonly attribution: string
  /** Why sheets attribute nothing. */
  readonly refused: readonly string[]
}

/** Creates an Excel workbook of the costs of some days: what they are, then a sheet for each grouping. */
export function costsWorkbook({ csv, asOf }: CostFiles, about: AboutCosts): Promise<Blob> {
  const rowsOf = (grouping: CostGrouping) => rowsOfCsv(csv.get(grouping) ?? '')
  const days = rowsOf('day')
  const part = capitalize(about.part)
  return writeExcelFile([
    aboutSheet(days, asOf.syncedAt, about),
    costSheet('By day', days, [
      ['Day (UTC)', dayCell('day'), 12],
      [part, (row) => nameIn(row, 'projectName', 'projectId'), 24],
      ['Line item', (row) => nameIn(row, 'lineItem'), 36],
      ['State', wordsCell('preliminary', { true: 'Preliminary', false: 'Final' }), 12],
      [`${part} ID`, textCell('projectId'), 30],
    ]),
    costSheet(`By ${about.part}`, rowsOf('project'), [
      [part, (row) => nameIn(row, 'name', 'projectId'), 24],
      ['ID', textCell('projectId'), 30],
    ]),
    costSheet('By line item', rowsOf('lineItem'), [['Line item', (row) => nameIn(row, 'lineItem'), 36]]),
    costSheet('By person', rowsOf('user'), [
      ['Name', textCell('name'), 24],
      ['Email', textCell('email'), 32],
      ['Kind', wordsCell('kind', KIND_LABELS), 24],
      ['ID', textCell('userId'), 30],
    ]),
    costSheet('By key', rowsOf('key'), [
      ['Key', (row) => nameIn(row, 'name', 'keyId'), 24],
      ['Owner', (row) => firstText(row, 'ownerName', 'ownerEmail', 'ownerId'), 24],
      [part, (row) => firstText(row, 'projectName', 'projectId'), 24],
      ['ID', textCell('keyId'), 30],
    ]),
  ]).toBlob()
}

/** The amounts come last, so that a pivot table starts with what they are of. */
function costSheet(name: string, rows: readonly CsvRow[], columns: readonly Column[]) {
  const money: Column[] = [amountColumn('Amount', 'amount', rows), ['Currency', textCell('currency'), 9]]
  return sheetOf(name, [...columns, ...money], rows)
}

function aboutSheet(days: readonly CsvRow[], readAt: string, about: AboutCosts) {
  const { organization, from, to, attribution, refused } = about
  const byCurrency = Map.groupBy(days, (row) => row['currency'] ?? '')
  const totals = [...byCurrency].map(([currency, rows]) => ['Total', amountCell(totalOf(rows), currency)])
  const data = [
    ['Organization', organization],
    ['Days (UTC)', `${from} – ${to}`],
    ...totals,
    ['Read at (UTC)', toTime(readAt)],
    ['What it is', 'The provider’s cost report, before tax and credits, not its invoice.'],
    ['People', attribution],
    ...refused.map((each) => ['Not reported', `${each}.`]),
    ['Preliminary', 'The last two days that were read: providers report costs late.'],
    [
      'Amounts',
      'Shown to the smallest coin; a cell has all digits, up to 15. Each sheet adds up to the total of each currency.',
    ],
  ]
  return { sheet: 'About', data, columns: [{ width: 18 }, { width: 80 }] }
}

function totalOf(rows: readonly CsvRow[]): string {
  return amountOf(rows.reduce((units, { amount }) => units + unitsIn(amount ?? ''), 0n))
}

/** The first text of these columns. What is attributed to nothing is called so. */
function nameIn(row: CsvRow, ...columns: readonly string[]): string {
  return firstText(row, ...columns) ?? UNATTRIBUTED
}

/** The first text of these columns. Null if all are empty. */
function firstText(row: CsvRow, ...columns: readonly string[]): string | null {
  const column = columns.find((each) => (row[each] ?? '') !== '')
  return column === undefined ? null : toText(row[column] ?? '')
}
