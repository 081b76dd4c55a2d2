/** The CloudWatch namespace of Rollcall's own metrics. */
export const METRIC_NAMESPACE = 'Rollcall'

/** Identifies the deployment within an account. Every metric has it. */
export const DEPLOYMENT_DIMENSION = 'service'

/**
 * The schedule's name, only for `scheduleRuns`. No metric has a dimension for each integration, because each value
 * would be billed.
 */
export const SCHEDULE_DIMENSION = 'Schedule'

/** The metrics that the functions record and the alarms watch. */
export const METRIC_NAMES = {
  syncsSucceeded: 'SyncsSucceeded',
  /** Syncs that ended as failed, and messages that were returned to the queue. */
  syncsFailed: 'SyncsFailed',
  syncDurationMs: 'SyncDurationMs',
  scheduleRuns: 'ScheduleRuns',
  syncsDispatched: 'SyncsDispatched',
  /** Calls that the api answered with 500. Provider problems are answered with 503 and not counted. */
  apiFaults: 'ApiFaults',
  /** Gauges, set every hour. */
  integrations: 'Integrations',
  integrationsNeedingAction: 'IntegrationsNeedingAction',
  openHighFindings: 'OpenHighFindings',
} as const

export type MetricName = keyof typeof METRIC_NAMES
