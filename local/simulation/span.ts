import { MS_PER_DAY } from '../../shared/domain/day.ts'
import { dayNumberOf } from './utc.ts'

/** Usage arrives in steps of a quarter of an hour. */
const LUMPS_PER_DAY = 96

/** The part of a day, as fractions of it, and how many days ago it was. */
export interface Span {
  readonly day: number
  readonly from: number
  readonly to: number
  readonly daysAgo: number
}

/** The part of a day between two instants, as far as it has passed. */
export function spanOf(
  fromMs: number,
  toMs: number,
  now: Date,
): { readonly span: Span; readonly isWithMidnight: boolean } {
  const day = dayNumberOf(fromMs)
  const midnight = day * MS_PER_DAY
  const span = {
    day,
    from: shareOfDay(fromMs - midnight),
    to: shareOfDay(Math.min(toMs, now.getTime()) - midnight),
    daysAgo: dayNumberOf(now) - day,
  }
  return { span, isWithMidnight: fromMs === midnight && span.daysAgo >= 0 }
}

/** The whole part of a day's number that falls into a part of the day. The parts of a day add up to the number. */
export function countIn({ from, to }: Span, whole: number): number {
  return Math.floor(whole * to) - Math.floor(whole * from)
}

/** Spans of the same key have the same usage: no day is revised after the second. */
export function keyOfSpan({ day, from, to, daysAgo }: Span): string {
  return `${day} ${from} ${to} ${daysAgo >= 2}`
}

/** 1970-01-01 was a Thursday. */
export function isWeekend(day: number): boolean {
  const weekday = (day + 4) % 7
  return weekday === 0 || weekday === 6
}

/** The fraction of a day that has passed, in whole steps. */
function shareOfDay(ms: number): number {
  return Math.min(LUMPS_PER_DAY, Math.max(0, Math.floor((ms / MS_PER_DAY) * LUMPS_PER_DAY))) / LUMPS_PER_DAY
}
