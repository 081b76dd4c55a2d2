import type { AmountUnits } from '../../domain/amount.ts'
import { unitsFrom } from '../day-series/columns.ts'
import { amountAt } from '../day-series/day-rows.ts'
import type { RowSpan } from '../day-series/day-table.ts'
import type { CostReport, CostTable } from './costs.ts'

/** The dimensions of costs, in their order. */
export const [REPORT, SUBJECT, LINE_ITEM, CURRENCY] = [0, 1, 2, 3] as const

/**
 * All currencies: the one with costs on the most days first, then the one with the largest total. A number says little about how much a
 * currency matters: five dollars are more than 500 yen.
 */
export function currenciesOf(table: CostTable): string[] {
  return (table.labels[CURRENCY] ?? [])
    .map((currency) => {
      const rows = [...rowsOf(table, 'total', currency)]
      const units = rows.reduce((sum, row) => sum + unitsAt(table, row), 0n)
      return { currency, days: rows.length, size: units < 0n ? -units : units }
    })
    .toSorted(
      (left, right) =>
        right.days - left.days ||
        Number(left.size < right.size) - Number(left.size > right.size) ||
        (left.currency < right.currency ? -1 : 1),
    )
    .map(({ currency }) => currency)
}

export function hasReport(table: CostTable, report: CostReport): boolean {
  return table.labels[REPORT]?.includes(report) === true
}

/** Default: of all owners. */
export function* rowsOf(
  table: CostTable,
  report: CostReport,
  currency: string,
  { from, to }: RowSpan = table.all,
): Generator<number> {
  // Comparing numbers instead of texts matters: there can be a million rows.
  const places = [table.labels[REPORT]?.indexOf(report), table.labels[CURRENCY]?.indexOf(currency)]
  for (let row = from; row < to; row += 1) {
    if (table.labelPlaceAt(row, REPORT) !== places[0]) continue
    if (table.labelPlaceAt(row, CURRENCY) === places[1]) yield row
  }
}

export function unitsAt(table: CostTable, row: number): AmountUnits {
  return unitsFrom(amountAt(table.rows, row, 0), amountAt(table.rows, row, 1))
}
