import type { Amount, AmountUnits } from '../../../../shared/domain/amount.ts'
import { addDays, daysBetween, type Day } from '../../../../shared/domain/day.ts'
import { unitsIn } from '../../format/format-money.ts'
import { firstOfMonth, firstOfMonthBefore } from '../../format/months.ts'

/** The exact sum of UTC days, both inclusive. */
export interface PartOfMonth {
  readonly from: Day
  readonly to: Day
  readonly units: AmountUnits
}

/** A month so far, beside the one before it. Null where costs do not cover all of the earlier month. */
export interface MonthComparison {
  readonly thisMonth: PartOfMonth
  /** As many days of the month before, or all of them if it is shorter. */
  readonly sameDays: PartOfMonth | null
  readonly lastMonth: PartOfMonth | null
}

/** Compares the month of the last day that costs cover with the one before it. Days without costs have no row. */
export function compareMonths(
  rows: readonly { readonly day: Day; readonly amount: Amount }[],
  covered: { readonly from: Day; readonly to: Day },
): MonthComparison {
  const sum = (from: Day, to: Day): PartOfMonth => {
    const within = rows.filter(({ day }) => day >= from && day <= to)
    return { from, to, units: within.reduce((units, { amount }) => units + unitsIn(amount), 0n) }
  }
  const first = firstOfMonth(covered.to)
  const lastFirst = firstOfMonthBefore(covered.to)
  const lastEnd = addDays(first, -1)
  const thisMonth = sum(covered.from > first ? covered.from : first, covered.to)
  if (covered.from > lastFirst) return { thisMonth, sameDays: null, lastMonth: null }
  const sameEnd = addDays(lastFirst, daysBetween(first, covered.to))
  return {
    thisMonth,
    sameDays: sum(lastFirst, sameEnd < lastEnd ? sameEnd : lastEnd),
    lastMonth: sum(lastFirst, lastEnd),
  }
}
