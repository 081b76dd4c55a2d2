/** A named schedule of the deployment. */
export interface Schedule {
  readonly name: string
  /** In the syntax of AWS EventBridge Scheduler: `rate(6 hours)` or `cron(0 6 * * ? *)`. */
  readonly expression: string
  /** An IANA time zone name. Default: `UTC`. */
  readonly timeZone: string
  /** True for the default schedule, which integrations use unless they name another. Exactly one is the default. */
  readonly default: boolean
}

/** The schedule of an integration: the one it names, or the default one when it names none or an unknown one. */
export function effectiveSchedule<Named extends Pick<Schedule, 'name' | 'default'>>(
  name: string | null,
  schedules: readonly Named[],
): Named {
  const schedule = schedules.find((each) => each.name === name) ?? schedules.find((each) => each.default)
  if (schedule === undefined) throw new Error('The deployment has no default schedule.')
  return schedule
}
