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
