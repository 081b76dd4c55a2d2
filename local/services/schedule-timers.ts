import type { Logger } from '../../shared/ports/logger.ts'
import type { Schedule } from '../../shared/schedules/schedule.ts'
import { nextRunAfter } from '../../shared/schedules/schedule-times.ts'

/** The longest delay of Node's timers. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Calls `fire` whenever a schedule is due. Returns a function that stops it. */
export function startScheduleTimers(options: {
  readonly schedules: readonly Schedule[]
  readonly fire: (scheduleName: string) => Promise<unknown>
  readonly logger: Logger
  readonly now: () => Date
}): () => void {
  const timers = new Map<string, NodeJS.Timeout>()
  for (const schedule of options.schedules) arm(schedule)
  return () => {
    for (const timer of timers.values()) clearTimeout(timer)
  }

  function arm(schedule: Schedule, after = options.now()): void {
    const due = nextRunAfter(schedule, after)
    if (due === null) return
    const waitMs = due.getTime() - options.now().getTime()
    const timer = setTimeout(
      () => {
        const now = options.now()
        if (waitMs > LONGEST_TIMER_MS) return arm(schedule, now)
        fire(schedule)
        // A timer can fire a millisecond early. The same run must not fire twice.
        arm(schedule, now < due ? due : now)
      },
      Math.max(0, Math.min(waitMs, LONGEST_TIMER_MS)),
    )
    timers.set(schedule.name, timer)
  }

  function fire(schedule: Schedule): void {
    options.fire(schedule.name).catch((error: unknown) => {
      options.logger.error('A schedule could not be dispatched.', error, { schedule: schedule.name })
    })
  }
}
