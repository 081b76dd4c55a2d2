import type { RecordMetric } from '../../shared/aws/metrics.ts'

/**
 * Does the work and counts how it ended. Both figures are recorded each time, so that the average of one is a share. A
 * message that is thrown back counts as failed: it would otherwise show only when it reaches the dead-letter queue. What
 * was dropped or purged is no sync.
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
