import type { Amount, AmountUnits } from '../../../../shared/domain/amount.ts'
import { preliminaryFrom } from '../../../../shared/data-sets/costs/preliminary-days.ts'
import { addDays, daysBetween, type Day } from '../../../../shared/domain/day.ts'
import { unitsIn } from '../../format/format-money.ts'
import { firstOfMonth, monthBefore } from '../../../../shared/domain/month.ts'
import { windowLength } from '../../../../shared/domain/window.ts'

/** The exact sum of UTC days, both inclusive. */
export interface PartOfMonth {
  readonly from: Day
  readonly to: Day
  readonly units: AmountUnits
}

/** The days of a month that are complete, and as many of the month before. */
export interface ComparedDays {
  readonly now: PartOfMonth
  readonly before: PartOfMonth
}

/** A month so far, beside the one before it. */
export interface MonthComparison {
  /** The last two days are preliminary. */
  readonly thisMonth: PartOfMonth
  /** Null where costs do not cover all of the earlier month, and while no day of this one is complete. */
  readonly compared: ComparedDays | null
  /** Null where costs do not cover all of it. */
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
  const before = monthBefore(covered.to)
  const thisMonth = sum(covered.from > first ? covered.from : first, covered.to)
  if (covered.from > before.from) return { thisMonth, compared: null, lastMonth: null }
  const lastMonth = sum(before.from, before.to)
  // The earlier month can be shorter than the part of this one.
  const days = Math.min(daysBetween(first, preliminaryFrom(covered.to)), windowLength(before))
  if (days <= 0) return { thisMonth, compared: null, lastMonth }
  const compared = {
    now: sum(first, addDays(first, days - 1)),
    before: sum(before.from, addDays(before.from, days - 1)),
  }
  return { thisMonth, compared, lastMonth }
}
