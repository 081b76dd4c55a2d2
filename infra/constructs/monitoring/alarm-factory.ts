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
  | 'api-errors'
  | 'dispatch-errors'
  | 'clean-up-errors'
  | 'clean-up-did-not-run'

/** An alarm: what it means for people, where the runbook tells what to do, and when it rings. */
export interface AlarmOptions extends Partial<
  Pick<AlarmProps, 'comparisonOperator' | 'evaluationPeriods' | 'treatMissingData'>
> {
  readonly page: RunbookPage
  readonly impact: string
  readonly metric: IMetric
  /** Reached, it rings; unless `comparisonOperator` says otherwise. */
  readonly threshold: number
  /** Rings too when figures stop coming, but not before the first one came. */
  readonly orSilence?: true
}

/** Of the last hour and summed up, unless set. */
export interface OwnMetricOptions {
  readonly period?: Duration
  readonly statistic?: string
  readonly schedule?: string
}

/** What sets alarms up, to the one topic. */
export interface AlarmFactory {
  readonly alarm: (id: string, options: AlarmOptions) => void
  /** One of the functions' own metrics, of this deployment. */
  readonly ownMetric: (name: MetricName, options?: OwnMetricOptions) => Metric
}
