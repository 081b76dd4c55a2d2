import type { Schedule } from './schedule.ts'

/** The schedule an integration is synced on: the one it names, or the default one when it names none that is known. */
export function effectiveSchedule<Named extends Pick<Schedule, 'name' | 'default'>>(
  name: string | null,
  schedules: readonly Named[],
): Named {
  const schedule = schedules.find((each) => each.name === name) ?? schedules.find((each) => each.default)
  if (schedule === undefined) throw new Error('The deployment has no default schedule.')
  return schedule
}
