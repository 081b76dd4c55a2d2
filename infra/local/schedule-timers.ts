import type { Logger } from '../../shared/ports/logger.ts'
import type { Schedule } from '../../shared/ports/schedules.ts'
import { nextRunAfter } from '../../shared/schedules/schedule-times.ts'

/** Node's timers take no more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Calls `fire` whenever a schedule is due. Gives what stops it. */
export function startScheduleTimers(options: {
  readonly schedules: readonly Schedule[]
  readonly fire: (scheduleName: string) => Promise<unknown>
  readonly logger: Logger
}): () => void {
  const timers = new Map<string, NodeJS.Timeout>()
  for (const schedule of options.schedules) arm(schedule)
  return () => {
    for (const timer of timers.values()) clearTimeout(timer)
  }

  function arm(schedule: Schedule): void {
    const now = new Date()
    const due = nextRunAfter(schedule, now)
    if (due === null) return
    const waitMs = due.getTime() - now.getTime()
    const timer = setTimeout(
      () => {
        if (waitMs <= LONGEST_TIMER_MS) fire(schedule)
        arm(schedule)
      },
      Math.min(waitMs, LONGEST_TIMER_MS),
    )
    timers.set(schedule.name, timer)
  }

  function fire(schedule: Schedule): void {
    options.fire(schedule.name).catch((error: unknown) => {
      options.logger.error('A schedule could not be dispatched.', error, { schedule: schedule.name })
    })
  }
}
