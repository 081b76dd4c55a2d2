import type { RecordMetric } from '../../shared/aws/metrics.ts'

/**
 * Does the work and counts how it ended. A message that is thrown back counts as failed: it would otherwise show only
 * when it reaches the dead-letter queue. What was dropped or purged is no sync.
 */
export async function measured(recordMetric: RecordMetric, work: () => Promise<string>): Promise<void> {
  const startedMs = performance.now()
  let outcome = 'failed'
  try {
    outcome = await work()
  } finally {
    if (outcome === 'succeeded' || outcome === 'failed') {
      recordMetric(outcome === 'succeeded' ? 'syncsSucceeded' : 'syncsFailed', 1)
      recordMetric('syncDurationMs', Math.round(performance.now() - startedMs))
    }
  }
}
