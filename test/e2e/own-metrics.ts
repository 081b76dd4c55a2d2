import * as z from 'zod'
import { METRIC_NAMES, METRIC_NAMESPACE, type MetricName } from '../../shared/aws/metric-names.ts'
import { waitUntil } from '../watchdog.ts'
import type { Deployment } from './deployment.ts'
import { allLogs } from './logs.ts'
import { E2E_STACK } from './deployment-names.ts'
import { expect } from './step.ts'

/** What the run itself causes. Gauges are set every hour, and faults of the API there are none. */
const RECORDED: readonly MetricName[] = [
  'syncsSucceeded',
  'syncsFailed',
  'syncDurationMs',
  'scheduleRuns',
  'syncsDispatched',
]

/** A line of the embedded metric format. */
const metricLineSchema = z.object({
  service: z.literal(E2E_STACK),
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({ Namespace: z.literal(METRIC_NAMESPACE), Metrics: z.array(z.object({ Name: z.string() })) }),
    ),
  }),
})

/**
 * The functions have written the metrics that the alarms watch, in the form that CloudWatch counts. The emulator can log the last lines
 * of an invocation with the next one of the same function, which the schedule of one minute brings.
 */
export async function checkOwnMetrics(deployment: Deployment): Promise<void> {
  let missing: readonly MetricName[] = RECORDED
  const names = await waitUntil(
    'the metrics in the log',
    async () => {
      const recorded = await recordedNames(deployment)
      missing = RECORDED.filter((metric) => !recorded.has(METRIC_NAMES[metric]))
      return missing.length === 0 && recorded
    },
    () => `no function has recorded ${missing.map((metric) => METRIC_NAMES[metric]).join(', ')}`,
  )
  expect(!names.has(METRIC_NAMES.apiFaults), 'The API has answered with a fault of its own.')
  deployment.bench.say(`The metrics are in the log as CloudWatch counts them: ${[...names].toSorted().join(', ')}`)
}

async function recordedNames(deployment: Deployment): Promise<ReadonlySet<string>> {
  const lines = (await allLogs(deployment)).filter((line) => line.includes('"CloudWatchMetrics"'))
  return new Set(
    lines
      .map((line) => metricLineSchema.parse(JSON.parse(line.slice(line.indexOf('{')))))
      .flatMap(({ _aws }) => _aws.CloudWatchMetrics.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name))),
  )
}
