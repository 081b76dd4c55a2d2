import { startOfDay, type Day } from '../../../shared/domain/day.ts'

const month = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** `November 2026` */
export function formatMonth(day: Day): string {
  return month.format(startOfDay(day))
}
