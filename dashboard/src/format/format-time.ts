import { daysBetween, dayOf, MS_PER_DAY, startOfDay } from '../../../shared/domain/day.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAYS_A_MONTH = 30.44

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' })
const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
const utcDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' })
const utcDayShort = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' })
const tenths = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** An instant in the reader's zone, with the zone's name. */
export function formatExact(instant: string): string {
  return exact.format(new Date(instant))
}

/** The date of an instant in the reader's zone. */
export function formatDate(instant: string): string {
  return date.format(new Date(instant))
}

/** The UTC day of an instant, since usage is counted by UTC day. A dash when there is none. */
export function formatUtcDate(instant: string | null): string {
  return instant === null ? '–' : utcDay.format(new Date(instant))
}

/** A UTC day. */
export function formatDay(day: string): string {
  return utcDay.format(startOfDay(day))
}

/** A UTC day without its year. */
export function formatDayShort(day: string): string {
  return utcDayShort.format(startOfDay(day))
}

/** UTC days without their year, both inclusive: `Nov 1 – Nov 24`. */
export function formatDays(from: string, to: string): string {
  return from === to ? formatDayShort(from) : `${formatDayShort(from)} – ${formatDayShort(to)}`
}

/** A relative time: `12 minutes ago`, `in 3 hours`. */
export function formatRelative(instant: string, now: Date): string {
  const differenceMs = new Date(instant).getTime() - now.getTime()
  const sizeMs = Math.abs(differenceMs)
  if (sizeMs < MINUTE_MS) return differenceMs > 0 ? 'in less than a minute' : 'just now'
  if (sizeMs < HOUR_MS) return relative.format(Math.trunc(differenceMs / MINUTE_MS), 'minute')
  if (sizeMs < MS_PER_DAY) return relative.format(Math.trunc(differenceMs / HOUR_MS), 'hour')
  const days = Math.trunc(differenceMs / MS_PER_DAY)
  if (Math.abs(days) < 60) return relative.format(days, 'day')
  return relative.format(Math.trunc(days / DAYS_A_MONTH), 'month')
}

/** Relative UTC days: `today`, `yesterday`, `12 days ago`. */
export function formatDaysAgo(day: string, now: Date): string {
  return relative.format(daysBetween(dayOf(now), day), 'day')
}

/** A duration: `0.8 s`, `1 min 12 s`. */
export function formatDuration(fromInstant: string, toInstant: string): string {
  const seconds = (new Date(toInstant).getTime() - new Date(fromInstant).getTime()) / 1000
  if (seconds < 60) return `${tenths.format(seconds)} s`
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)} min ${whole % 60} s`
}
