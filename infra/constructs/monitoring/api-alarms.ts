import { Duration } from 'aws-cdk-lib'
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch'
import type { HttpApi } from '../http-api.ts'
import type { AlarmFactory } from './alarm-factory.ts'

/**
 * Alarms for the API. Faults are counted by the function itself, because API Gateway's count includes 503 answers about
 * problems at the provider. Calls that never reach the function are only counted by API Gateway; that alarm has a threshold
 * above what people's key checks can cause.
 */
export function watchApi({ alarm, ownMetric }: AlarmFactory, { api, function: apiFunction }: HttpApi): void {
  const period = Duration.minutes(5)
  alarm('ApiErrors', {
    page: 'api-errors',
    impact: 'The API answered several calls with internal errors: people may see no data, or fail to save.',
    metric: ownMetric('apiFaults', { period }),
    threshold: 3,
  })
  alarm('ApiThrottled', {
    page: 'api-errors',
    impact: 'Lambda throttled calls of the API: too many functions of the account run concurrently. People see errors.',
    metric: apiFunction.metricThrottles({ statistic: 'Sum', period }),
    threshold: 3,
  })
  alarm('ApiUnavailable', {
    page: 'api-errors',
    impact: 'API Gateway answered many calls with 5xx: the API may be down as a whole.',
    metric: api.metricServerError({ statistic: 'Sum', period }),
    threshold: 10,
  })
}

/**
 * Alarms for the clean-up. Crashes show in the function's errors, which calls cause too. A finished clean-up shows in
 * the gauges that it sets at its end.
 */
export function watchCleanUp({ alarm, ownMetric }: AlarmFactory, { function: apiFunction }: HttpApi): void {
  alarm('CleanUpErrors', {
    page: 'clean-up-errors',
    impact:
      'The api function crashed, in a call or in the clean-up: deletions may be unfinished, and keys may be left.',
    metric: apiFunction.metricErrors({ statistic: 'Sum', period: Duration.hours(1) }),
    threshold: 1,
  })
  alarm('CleanUpDidNotRun', {
    page: 'clean-up-did-not-run',
    impact: 'The hourly clean-up has not succeeded for three hours: deletions stay unfinished, and keys may be left.',
    metric: ownMetric('integrations', { statistic: 'SampleCount' }),
    threshold: 1,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 3,
    orSilence: true,
  })
}
