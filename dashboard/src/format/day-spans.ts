import { addDays, daysBetween, type Day } from '../../../shared/domain/day.ts'

/** The default number of synced days. Used only until the data says how many. */
export const USUAL_WINDOW_DAYS = 60

/** UTC days, both inclusive. */
interface DayRange {
  readonly from: Day | null
  readonly to: Day | null
}

/** The number of days in a range. Undefined without a range. */
export function countDays(range: DayRange | null | undefined): number | undefined {
  if (range?.from === undefined || range.from === null || range.to === null) return undefined
  return daysBetween(range.from, range.to) + 1
}

/** The selectable numbers of days: the usual ones shorter than the window, then the window itself. */
export function spansWithin(windowDays: number, usual: readonly number[]): number[] {
  return [...usual.filter((days) => days < windowDays), windowDays]
}

/** The selectable numbers of days for people without recent use. */
export function idleSpans(windowDays: number): number[] {
  return spansWithin(windowDays, [14, 30])
}

/** The last days of a window. */
export function lastDays(to: Day, days: number): { from: Day; to: Day } {
  return { from: addDays(to, 1 - days), to }
}
