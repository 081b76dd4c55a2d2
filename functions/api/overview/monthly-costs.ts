import type { WireOverview } from '../../../shared/contracts/overview-contract.ts'
import type { CostViews } from '../../../shared/data-sets/costs/cost-views.ts'
import { preliminaryFrom } from '../../../shared/data-sets/costs/preliminary-days.ts'
import { type Amount, sumOfAmounts } from '../../../shared/domain/amount.ts'
import { addDays, type Day, daysBetween } from '../../../shared/domain/day.ts'
import { firstOfMonth, monthBefore } from '../../../shared/domain/month.ts'
import { type Window, windowLength } from '../../../shared/domain/window.ts'

type MonthlyCosts = WireOverview['costs'][number]

/** The costs of one organization, and the days that they cover. */
export interface CoveredCosts {
  readonly views: CostViews
  readonly covered: Window
}

/** The latest day that costs of any organization cover. Undefined without any. */
export function lastCoveredDay(organizations: readonly CoveredCosts[]): Day | undefined {
  return organizations
    .map(({ covered }) => covered.to)
    .toSorted()
    .at(-1)
}

/**
 * The costs by currency in the month of the latest day and in the one before. How many days of this month count is up to each
 * organization, since readings end on different days.
 */
export function monthlyCosts(organizations: readonly CoveredCosts[]): MonthlyCosts[] {
  const to = lastCoveredDay(organizations)
  if (to === undefined) return []
  const currencies = new Set(organizations.flatMap(({ views }) => views.currencies))
  return [...currencies].toSorted().map((currency) => {
    const sum = (daysOf: (of: CoveredCosts) => Window | null): Amount =>
      sumOfAmounts(
        organizations.map((of) => {
          const days = daysOf(of)
          return days === null ? '0' : of.views.totalOf(currency, days)
        }),
      )
    return {
      currency,
      to,
      thisMonth: sum(({ covered }) => ({ from: firstOfMonth(to), to: covered.to })),
      sameDaysLastMonth: sum(({ covered }) =>
        firstDays(monthBefore(to), daysBetween(firstOfMonth(to), covered.to) + 1),
      ),
      lastMonth: sum(() => monthBefore(to)),
      finished: finishedDays(organizations, to, sum),
    }
  })
}

/** An organization without all of the month before is left out of both sums. */
function finishedDays(
  organizations: readonly CoveredCosts[],
  to: Day,
  sum: (daysOf: (of: CoveredCosts) => Window | null) => Amount,
): MonthlyCosts['finished'] {
  const [first, before] = [firstOfMonth(to), monthBefore(to)]
  const countOf = ({ covered }: CoveredCosts) => {
    if (covered.from > before.from) return 0
    // The earlier month can be shorter than the part of this one.
    return Math.max(0, Math.min(daysBetween(first, preliminaryFrom(covered.to)), windowLength(before)))
  }
  const most = Math.max(...organizations.map((of) => countOf(of)))
  if (most === 0) return null
  return {
    to: addDays(first, most - 1),
    thisMonth: sum((of) => firstDays({ from: first, to }, countOf(of))),
    sameDaysLastMonth: sum((of) => firstDays(before, countOf(of))),
  }
}

/** The first days of a span, as many as it has. Null for none. */
function firstDays({ from, to }: Window, count: number): Window | null {
  if (count <= 0) return null
  const last = addDays(from, count - 1)
  return { from, to: last < to ? last : to }
}
