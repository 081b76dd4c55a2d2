/** A named schedule of the deployment. */
export interface Schedule {
  readonly name: string
  /** As AWS EventBridge Scheduler writes it: `rate(6 hours)` or `cron(0 6 * * ? *)`. */
  readonly expression: string
  /** IANA name, `UTC` unless set. */
  readonly timeZone: string
  /** True for the one that integrations get unless they name another. Exactly one is. */
  readonly default: boolean
}
