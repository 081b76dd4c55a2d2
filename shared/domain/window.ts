import { addDays, dayOf, daysBetween, type Day, startOfDay } from './day.ts'

/** The days that a sync covers, both inclusive. Determined when the sync starts. */
export interface Window {
  readonly from: Day
  readonly to: Day
}

/** A time from an instant, included, to another, excluded. ISO 8601 UTC. */
export interface TimeSpan {
  readonly from: string
  readonly to: string
}

export const DEFAULT_WINDOW_DAYS = 60

/** The window of a sync that starts at `startedAt`: `days` UTC days, ending with that day. */
export function windowEndingAt(startedAt: Date, days: number = DEFAULT_WINDOW_DAYS): Window {
  const to = dayOf(startedAt)
  return { from: addDays(to, 1 - days), to }
}

/**
 * The days of a time: from the first whole one to the last one, which can be a part, as today is in every reading. If the
 * first day is the last one, it can be a part too.
 */
export function daysOfSpan({ from, to }: TimeSpan): Window {
  const last = dayOf(new Date(to))
  const begun = from.slice(0, 10)
  const first = startOfDay(begun).getTime() === Date.parse(from) ? begun : addDays(begun, 1)
  return { from: first < last ? first : last, to: last }
}

/** True when a time begins with the first day of a window, so that all its days but the last are whole. */
export function coversDays({ from }: TimeSpan, window: Window): boolean {
  return Date.parse(from) <= startOfDay(window.from).getTime()
}

/** The number of days in a window. */
export function windowLength(window: Window): number {
  return daysBetween(window.from, window.to) + 1
}

/** The tables of a hundred organizations have the same few windows, and writing 60 days takes longer than reading a small table. */
const knownWindows = new Map<string, readonly Day[]>()
const WINDOWS_KEPT = 64

/** Every day of a window, oldest first. */
export function daysOfWindow(window: Window): readonly Day[] {
  const key = `${window.from} ${window.to}`
  const known = knownWindows.get(key)
  if (known !== undefined) return known
  const days = Array.from({ length: windowLength(window) }, (_, index) => addDays(window.from, index))
  if (knownWindows.size === WINDOWS_KEPT) knownWindows.clear()
  knownWindows.set(key, days)
  return days
}

/** True when the day is in the window, its first and last day included. */
export function isWithin(day: Day, window: Window): boolean {
  return window.from <= day && day <= window.to
}

/** The window, from its own first day or that of the month before its last, whichever is earlier. */
export function withWholeMonthBefore({ from, to }: Window): Window {
  const month = startOfDay(`${to.slice(0, 7)}-01`)
  month.setUTCMonth(month.getUTCMonth() - 1)
  const first = dayOf(month)
  return { from: first < from ? first : from, to }
}
