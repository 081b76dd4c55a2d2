import type { Draw } from './draw.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The time of the next step: minutes, hours, days or months later, or just before or after midnight. */
export function laterTime(now: Date, draw: Draw): Date {
  const toMidnightMs = DAY - (now.getTime() % DAY)
  const ms = draw.pick([
    () => toMidnightMs + draw.pick([-1, 1]),
    () => draw.between(1, 9) * MINUTE,
    () => draw.between(10, 90) * MINUTE,
    () => draw.between(1, 30) * HOUR,
    () => draw.between(1, 10) * DAY,
    () => draw.unless(0.5, draw.between(30, 60), draw.between(61, 90)) * DAY,
  ])()
  const nowMs = now.getTime() + Math.max(1, ms)
  // In the first instant of a day there can be no usage, and OpenAI does not list the day yet.
  return new Date(nowMs % DAY === 0 ? nowMs + 1 : nowMs)
}
