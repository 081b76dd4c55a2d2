import { addDays, daysBetween, type Day } from '../../../shared/domain/day.ts'

/** How many days are synced unless a deployment says otherwise. Assumed only until the data says how many. */
export const USUAL_WINDOW_DAYS = 60

/** UTC days, both included. */
interface DayRange {
  readonly from: Day | null
  readonly to: Day | null
}

/** How many days a range has; undefined while there is none. */
export function countDays(range: DayRange | null | undefined): number | undefined {
  if (range?.from === undefined || range.from === null || range.to === null) return undefined
  return daysBetween(range.from, range.to) + 1
}

/** The numbers of days to choose from: the usual ones that are shorter than the window, then the window itself. */
export function spansWithin(windowDays: number, usual: readonly number[]): number[] {
  return [...usual.filter((days) => days < windowDays), windowDays]
}

/** The numbers of days to choose from where it is about people without recent use. */
export function idleSpans(windowDays: number): number[] {
  return spansWithin(windowDays, [14, 30])
}

/** The last days of a window. */
export function lastDays(to: Day, days: number): { from: Day; to: Day } {
  return { from: addDays(to, 1 - days), to }
}
