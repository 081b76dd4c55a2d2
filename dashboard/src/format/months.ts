import { addDays, startOfDay, type Day } from '../../../shared/domain/day.ts'

const month = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** The first day of a day's month. */
export function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`
}

/** The first day of the month before the one of a day. */
export function firstOfMonthBefore(day: Day): Day {
  return firstOfMonth(addDays(firstOfMonth(day), -1))
}

/** `November 2026` */
export function formatMonth(day: Day): string {
  return month.format(startOfDay(day))
}
