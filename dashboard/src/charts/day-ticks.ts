import { startOfDay, type Day } from '../../../shared/domain/day.ts'

/** Up to this many days, each day has a tick. */
const EACH_DAY_UP_TO = 10
/** Up to this many days, Mondays have a tick; beyond it, the first days of months. */
const MONDAYS_UP_TO = 100

/** The indexes of the days that have a dated tick under a chart, so that weeks and months are visible. */
export function dayTicks(days: readonly Day[]): number[] {
  const hasTick = (day: Day) => {
    if (days.length <= EACH_DAY_UP_TO) return true
    const date = startOfDay(day)
    return days.length <= MONDAYS_UP_TO ? date.getUTCDay() === 1 : date.getUTCDate() === 1
  }
  return days.flatMap((day, index) => (hasTick(day) ? [index] : []))
}

/** The index of the day at a position along a chart's width, 0 to 1, limited to the first and last day. */
export function dayAt(place: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor(place * count)))
}

/** The index of the day that a key leads to. Undefined for other keys. */
export function dayByKey(key: string, from: number, count: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: from - 1,
    ArrowDown: from - 1,
    ArrowRight: from + 1,
    ArrowUp: from + 1,
    PageDown: from - 7,
    PageUp: from + 7,
    Home: 0,
    End: count - 1,
  }
  const to = steps[key]
  return to === undefined ? undefined : Math.min(count - 1, Math.max(0, to))
}
