import { addDays, type Day } from './day.ts'
import type { Window } from './window.ts'

/** The first day of a day's month. */
export function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`
}

/** All days of the month before the one of a day. */
export function monthBefore(day: Day): Window {
  const to = addDays(firstOfMonth(day), -1)
  return { from: firstOfMonth(to), to }
}
