import { Duration, Stack } from 'aws-cdk-lib'
import { Alarm, ComparisonOperator, MathExpression, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import {
  DEPLOYMENT_DIMENSION,
  METRIC_NAMES,
  METRIC_NAMESPACE,
  type MetricName,
  SCHEDULE_DIMENSION,
} from '../../../shared/aws/metric-names.ts'
import type { Schedule } from '../../../shared/schedules/schedule.ts'
import { longestGapMs } from '../../settings/schedule-gap.ts'
import { alarmTopic, type AlarmTopicProps } from './alarm-topic.ts'
import { watchApi, watchCleanUp } from './api-alarms.ts'
import type { FailedRuns } from './failed-runs.ts'
import type { HttpApi } from '../http-api.ts'
import { addOverview } from './overview.ts'
import type { SyncPipeline } from '../sync/sync-pipeline.ts'
import type { AlarmOptions, OwnMetricOptions, AlarmFactory } from './alarm-factory.ts'

export interface MonitoringProps extends AlarmTopicProps {
  /** The functions and queues to watch. */
  readonly syncPipeline: SyncPipeline
  /** The API and its function to watch. */
  readonly httpApi: HttpApi
  /** Each schedule gets an alarm for runs that did not happen. */
  readonly schedules: readonly Schedule[]
  /** The address of the runbook. A page's anchor is appended. */
  readonly runbookUrl: string
  /** The queue of failed runs to watch. */
  readonly failedRuns: FailedRuns
}

/** How much later than due a run may show in the metrics. */
const GRACE = Duration.minutes(15)
/**
 * Longer than three deliveries of a message that times out each time. The dead-letter queue's alarm reports such a
 * message.
 */
const MAY_WAIT_AT_LEAST = Duration.hours(1)
/** For schedules that skip days. */
const MAY_WAIT_AT_MOST = Duration.days(1)

/** All alarms, each with its effect and its runbook page, and a CloudWatch dashboard of the same figures. */
export class Monitoring extends Construct {
  /** Receives all alarms. */
  readonly topic: ITopic
  private readonly action: SnsAction
  private readonly runbookUrl: string

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id)
    const { syncPipeline, httpApi, schedules, runbookUrl } = props
    this.topic = alarmTopic(this, props)
    this.action = new SnsAction(this.topic)
    this.runbookUrl = runbookUrl
    this.watchSyncs()
    const gapsMs = schedules.map((schedule) => longestGapMs(schedule))
    schedules.forEach((schedule, index) => this.watchSchedule(schedule, gapsMs[index]))
    this.watchQueue(syncPipeline, gapsMs)
    this.watchFailedRuns(props.failedRuns)
    this.watchIntegrations()
    const factory: AlarmFactory = { alarm: this.alarm.bind(this), ownMetric: this.ownMetric.bind(this) }
    watchApi(factory, httpApi)
    watchCleanUp(factory, httpApi)
    this.watchDispatch(syncPipeline)
    addOverview(this, { syncPipeline, httpApi, schedules, ownMetric: factory.ownMetric })
  }

  /** One of the functions' own metrics, for this deployment. */
  private ownMetric(name: MetricName, options: OwnMetricOptions = {}): Metric {
    const { period = Duration.hours(1), statistic = 'Sum', schedule } = options
    return new Metric({
      namespace: METRIC_NAMESPACE,
      metricName: METRIC_NAMES[name],
      dimensionsMap: {
        [DEPLOYMENT_DIMENSION]: Stack.of(this).stackName,
        ...(schedule !== undefined && { [SCHEDULE_DIMENSION]: schedule }),
      },
      statistic,
      period,
    })
  }

  /**
   * The metric is a share, since one of hundreds of organizations can fail on any day. The alarm stays until syncs
   * succeed again.
   */
  private watchSyncs(): void {
    this.alarm('SyncsFailing', {
      page: 'syncs-failing',
      impact: 'A fifth or more of the syncs of the last hour failed: their figures become older.',
      metric: this.ownMetric('syncsFailed', { statistic: 'Average' }),
      threshold: 0.2,
      treatMissingData: TreatMissingData.IGNORE,
    })
  }

  /** `gapMs` is the longest time between two runs. A schedule without one cannot be watched. */
  private watchSchedule(schedule: Schedule, gapMs: number | undefined): void {
    if (gapMs === undefined) return
    const period = gapMs <= 3_600_000 ? Duration.minutes(5) : Duration.hours(1)
    const evaluationPeriods = Math.ceil((gapMs + GRACE.toMilliseconds()) / period.toMilliseconds())
    this.alarm(`DidNotRun-${schedule.name}`, {
      page: 'schedule-did-not-run',
      impact: `The schedule ${schedule.name} did not run when it was due: its organizations are not being synced.`,
      metric: this.ownMetric('scheduleRuns', { schedule: schedule.name, period }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods,
      orSilence: true,
    })
  }

  /** Messages of a schedule may wait in the queue until that schedule is due again. */
  private watchQueue({ queue, deadLetterQueue }: SyncPipeline, gapsMs: readonly (number | undefined)[]): void {
    const period = Duration.minutes(5)
    const shortestMs = Math.min(...gapsMs.map((gapMs) => gapMs ?? MAY_WAIT_AT_MOST.toMilliseconds()))
    const mayWait = Duration.millis(Math.max(MAY_WAIT_AT_LEAST.toMilliseconds(), shortestMs))
    this.alarm('SyncsWaiting', {
      page: 'syncs-waiting',
      impact: 'Syncs wait in the queue for so long that the next ones are due before they have run: figures are late.',
      metric: queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', period }),
      threshold: mayWait.toSeconds(),
    })
    this.alarm('DeadLetters', {
      page: 'dead-letter-queue',
      impact: 'A message failed three times with an internal error: its organization was not synced, or not purged.',
      metric: deadLetterQueue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period }),
      threshold: 1,
    })
  }

  private watchFailedRuns({ queue }: FailedRuns): void {
    this.alarm('FailedRuns', {
      page: 'failed-runs',
      impact: 'A run of a schedule, or of the hourly clean-up, could not be started, or failed on every try.',
      metric: queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: Duration.minutes(5) }),
      threshold: 1,
    })
  }

  /**
   * High findings can stay open for months, and an alarm notifies only when it begins. So that alarm begins whenever there are more than
   * an hour before, and ends an hour later. CloudWatch retrieves more periods than are evaluated, so `DIFF` has the value before.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
   */
  private watchIntegrations(): void {
    this.alarm('IntegrationNeedsAction', {
      page: 'integration-needs-action',
      impact: 'An organization is not synced until a new key is set for it.',
      metric: this.ownMetric('integrationsNeedingAction', { statistic: 'Maximum' }),
      threshold: 1,
      treatMissingData: TreatMissingData.IGNORE,
    })
    this.alarm('HighFindings', {
      page: 'high-findings',
      impact: 'There is more that is severe and should be looked at, such as access of somebody who has left.',
      metric: new MathExpression({
        expression: 'DIFF(open)',
        usingMetrics: { open: this.ownMetric('openHighFindings', { statistic: 'Maximum' }) },
        period: Duration.hours(1),
        label: 'More open high findings than an hour before',
      }),
      threshold: 1,
    })
  }

  private watchDispatch({ dispatch }: SyncPipeline): void {
    this.alarm('DispatchErrors', {
      page: 'dispatch-errors',
      impact: 'A schedule ran, but could not queue all its syncs: some organizations wait for the next run.',
      metric: dispatch.metricErrors({ statistic: 'Sum', period: Duration.minutes(5) }),
      threshold: 1,
    })
  }

  /**
   * With `orSilence`, an alarm whose metric had data and has none anymore notifies as `INSUFFICIENT_DATA`. Treating
   * missing data as a breach would raise the alarm from the deployment until the first run. A run that fails before
   * there was any data shows as an error or as a failed run.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
   */
  private alarm(id: string, { page, impact, orSilence, ...props }: AlarmOptions): void {
    const alarm = new Alarm(this, id, {
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: orSilence === true ? TreatMissingData.MISSING : TreatMissingData.NOT_BREACHING,
      alarmDescription: `${impact} What to do: ${this.runbookUrl}#${page}`,
      ...props,
    })
    alarm.addAlarmAction(this.action)
    alarm.addOkAction(this.action)
    if (orSilence === true) alarm.addInsufficientDataAction(this.action)
  }
}
