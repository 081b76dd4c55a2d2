import { startOfDay, type Day } from '../../../shared/domain/day.ts'

/** Up to so many days each have a tick of their own. */
const EACH_DAY_UP_TO = 10
/** Up to so many, their Mondays have one; beyond, the first days of their months. */
const MONDAYS_UP_TO = 100

/** Which of the days have a tick with their date under a chart, by their place: weeks and months show where they begin. */
export function dayTicks(days: readonly Day[]): number[] {
  const hasTick = (day: Day) => {
    if (days.length <= EACH_DAY_UP_TO) return true
    const date = startOfDay(day)
    return days.length <= MONDAYS_UP_TO ? date.getUTCDay() === 1 : date.getUTCDate() === 1
  }
  return days.flatMap((day, index) => (hasTick(day) ? [index] : []))
}

/** Which of `count` days lies at a place along a chart's width, 0 to 1: the first before it, the last behind it. */
export function dayAt(place: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor(place * count)))
}

/** The day that a key leads to from one of `count` days; undefined for a key that leads nowhere. */
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
