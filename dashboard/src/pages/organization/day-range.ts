import type { WireAsOf, WireUsage } from '../../../../shared/contracts/data-contract.ts'
import { addDays, daysBetween } from '../../../../shared/domain/day.ts'
import type { DayRange } from '../../api/data-queries.ts'
import { formatCount } from '../../format/format-number.ts'

/** How many days the organization page can show. */
export const RANGES = [7, 30, 60] as const

export type RangeDays = (typeof RANGES)[number]

/** The range an address asks for; the longest when it asks for none, or for another. */
export function readRange(search: URLSearchParams): RangeDays {
  return RANGES.find((days) => String(days) === search.get('days')) ?? 60
}

/** The last days of what was synced; never more than its window. */
export function lastDays(asOf: WireAsOf, days: RangeDays): DayRange {
  const from = addDays(asOf.to, 1 - days)
  return { from: from < asOf.from ? asOf.from : from, to: asOf.to }
}

/** How many days figures are of, by their own answer: `7 days`. */
export function daysInWords(usage: Pick<WireUsage, 'from' | 'to'> | undefined): string {
  if (usage === undefined || usage.from === null || usage.to === null) return formatCount(0, 'day')
  return formatCount(daysBetween(usage.from, usage.to) + 1, 'day')
}
