import { MS_PER_DAY } from '../../shared/domain/day.ts'
import type { Schedule } from '../../shared/schedules/schedule.ts'
import { parseSchedule } from '../../shared/schedules/schedule-times.ts'

const HOUR_MS = 3_600_000
/** One day of the year has 25 hours. */
const LONGEST_DAY_MS = 25 * HOUR_MS
/** A fixed instant, so the synthesized template does not depend on the current day. */
const FROM = Date.UTC(2026, 0, 1)
const YEAR_DAYS = 366
/** The runs to compare: every run of a week, or of a whole year for rarer schedules, which includes clock changes. */
const DAYS_IN_DETAIL = 8
const RUNS_IN_DETAIL = 800

/**
 * The longest time between two runs of a schedule that runs every day. Undefined for a schedule that skips a day:
 * CloudWatch cannot look back far enough to watch it.
 */
export function longestGapMs(schedule: Schedule): number | undefined {
  const parsed = parseSchedule(schedule)
  for (let day = 0; day < YEAR_DAYS; day += 1) {
    const from = FROM + day * MS_PER_DAY
    const next = parsed.nextAfter(new Date(from))
    if (next === null || next.getTime() - from > LONGEST_DAY_MS) return undefined
  }
  let longest = 0
  let last = parsed.nextAfter(new Date(FROM))
  for (let run = 0; last !== null && last.getTime() < FROM + YEAR_DAYS * MS_PER_DAY; run += 1) {
    if (run >= RUNS_IN_DETAIL && last.getTime() > FROM + DAYS_IN_DETAIL * MS_PER_DAY) break
    const next = parsed.nextAfter(last)
    longest = Math.max(longest, (next ?? last).getTime() - last.getTime())
    last = next
  }
  return longest
}
