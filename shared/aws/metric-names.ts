/** The CloudWatch namespace of Rollcall's own metrics. */
export const METRIC_NAMESPACE = 'Rollcall'

/** Tells deployments in one account apart; every metric has it. */
export const DEPLOYMENT_DIMENSION = 'service'

/** Only of `scheduleRuns`: the schedule's name. No metric has a dimension for each integration: each value would cost. */
export const SCHEDULE_DIMENSION = 'Schedule'

/** What the functions count and the alarms watch. */
export const METRIC_NAMES = {
  syncsSucceeded: 'SyncsSucceeded',
  /** Syncs that ended as failed, and messages that were thrown back to the queue. */
  syncsFailed: 'SyncsFailed',
  syncDurationMs: 'SyncDurationMs',
  scheduleRuns: 'ScheduleRuns',
  syncsDispatched: 'SyncsDispatched',
  /** Calls that the api answered with 500: faults of ours, unlike a 503 that tells of a provider's trouble. */
  apiFaults: 'ApiFaults',
  /** Gauges, set every hour. */
  integrations: 'Integrations',
  integrationsNeedingAction: 'IntegrationsNeedingAction',
} as const

export type MetricName = keyof typeof METRIC_NAMES
