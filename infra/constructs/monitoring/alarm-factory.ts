import type { Duration } from 'aws-cdk-lib'
import type { AlarmProps, IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import type { MetricName } from '../../../shared/aws/metric-names.ts'

/** The pages of `docs/runbook.md`, one for each kind of alarm, by their anchors. */
export type RunbookPage =
  | 'syncs-failing'
  | 'schedule-did-not-run'
  | 'syncs-waiting'
  | 'dead-letter-queue'
  | 'failed-runs'
  | 'integration-needs-action'
  | 'high-findings'
  | 'api-errors'
  | 'dispatch-errors'
  | 'clean-up-errors'
  | 'clean-up-did-not-run'

/** An alarm: its effect on people, its runbook page, and its condition. */
export interface AlarmOptions extends Partial<
  Pick<AlarmProps, 'comparisonOperator' | 'evaluationPeriods' | 'treatMissingData'>
> {
  /** The runbook page that the alarm's text links to. */
  readonly page: RunbookPage
  /** What the alarm means for people, as one or two sentences. */
  readonly impact: string
  /** The metric to watch. */
  readonly metric: IMetric
  /** The alarm is raised when the metric reaches this value, unless `comparisonOperator` says otherwise. */
  readonly threshold: number
  /**
   * The alarm also notifies when data stops arriving, but not before the first data point. Default: missing data is
   * ignored.
   */
  readonly orSilence?: true
}

/** Options for reading one of the functions' own metrics. */
export interface OwnMetricOptions {
  /** Default: one hour. */
  readonly period?: Duration
  /** Default: `Sum`. */
  readonly statistic?: string
  /** Only the metric of this schedule. Default: the metric without a schedule dimension. */
  readonly schedule?: string
}

/** Creates alarms that notify the one topic. */
export interface AlarmFactory {
  /** Creates an alarm under a construct id. */
  readonly alarm: (id: string, options: AlarmOptions) => void
  /** One of the functions' own metrics, for this deployment. */
  readonly ownMetric: (name: MetricName, options?: OwnMetricOptions) => Metric
}
