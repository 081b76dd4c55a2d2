import type { Schedule } from './schedule.ts'

/** The schedule of an integration: the one it names, or the default one when it names none or an unknown one. */
export function effectiveSchedule<Named extends Pick<Schedule, 'name' | 'default'>>(
  name: string | null,
  schedules: readonly Named[],
): Named {
  const schedule = schedules.find((each) => each.name === name) ?? schedules.find((each) => each.default)
  if (schedule === undefined) throw new Error('The deployment has no default schedule.')
  return schedule
}
