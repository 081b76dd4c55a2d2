import { Duration } from 'aws-cdk-lib'
import { Dashboard, GraphWidget, type IMetric, type Metric } from 'aws-cdk-lib/aws-cloudwatch'
import type { Construct } from 'constructs'
import type { MetricName } from '../../../shared/aws/metric-names.ts'
import type { Schedule } from '../../../shared/schedules/schedule.ts'
import type { HttpApi } from '../http-api.ts'
import type { SyncPipeline } from '../sync/sync-pipeline.ts'

export interface OverviewProps {
  /** The functions and queues to show. */
  readonly syncPipeline: SyncPipeline
  /** The API and its function to show. */
  readonly httpApi: HttpApi
  /** Each schedule gets a graph line for its runs. */
  readonly schedules: readonly Schedule[]
  /** One of the functions' own metrics, for this deployment. */
  readonly ownMetric: (name: MetricName, options?: { statistic?: string; schedule?: string }) => Metric
}

/** The CloudWatch dashboard: syncs, schedules and queue first, then the API and the functions. */
export function addOverview(scope: Construct, { syncPipeline, httpApi, schedules, ownMetric }: OverviewProps): void {
  const { queue, deadLetterQueue, sync, dispatch } = syncPipeline
  const period = Duration.minutes(5)
  const functions = [dispatch, sync, httpApi.function]
  new Dashboard(scope, 'Overview', {
    defaultInterval: Duration.days(7),
    widgets: [
      [
        graph('Syncs an hour', [ownMetric('syncsSucceeded'), ownMetric('syncsFailed')]),
        graph(
          'Sync duration (ms)',
          ['p50', 'p95', 'Maximum'].map((statistic) => ownMetric('syncDurationMs', { statistic })),
        ),
        graph(
          'Integrations, high findings',
          (['integrations', 'integrationsNeedingAction', 'openHighFindings'] as const).map((name) =>
            ownMetric(name, { statistic: 'Maximum' }),
          ),
        ),
      ],
      [
        graph(
          'Schedule runs',
          schedules.map(({ name }) => ownMetric('scheduleRuns', { schedule: name }).with({ label: name })),
        ),
        graph('Messages waiting', [queue.metricApproximateNumberOfMessagesVisible({ period })]),
        graph('Oldest message (s), dead letters', [
          queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'Maximum' }),
          deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
        ]),
      ],
      [
        graph('API calls', [
          httpApi.api.metricCount({ period }),
          httpApi.api.metricClientError({ period }),
          httpApi.api.metricServerError({ period }),
        ]),
        graph(
          'API latency (ms)',
          ['p50', 'p95'].map((statistic) => httpApi.api.metricLatency({ period, statistic })),
        ),
        graph(
          'Function errors',
          functions.map((each) => each.metricErrors({ period })),
        ),
      ],
    ],
  })
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, leftYAxis: { min: 0 } })
}
