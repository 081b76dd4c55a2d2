import type { RecordMetric } from '../../shared/aws/metrics.ts'

/**
 * Runs the work and counts its outcome. Both metrics are recorded each time, so the average of one is a share. An error
 * counts as a failure, because it would otherwise only show in the dead-letter queue. Dropped messages and purges are
 * not counted.
 */
export async function measured(recordMetric: RecordMetric, work: () => Promise<string>): Promise<void> {
  const startedMs = performance.now()
  let outcome = 'failed'
  try {
    outcome = await work()
  } finally {
    if (outcome === 'succeeded' || outcome === 'failed') {
      recordMetric('syncsSucceeded', outcome === 'succeeded' ? 1 : 0)
      recordMetric('syncsFailed', outcome === 'failed' ? 1 : 0)
      recordMetric('syncDurationMs', Math.round(performance.now() - startedMs))
    }
  }
}
