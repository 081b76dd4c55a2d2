import type { RecordMetric } from '../../../shared/aws/metrics.ts'
import type { FindingsIndex } from './findings-index.ts'
import { countFindings } from './read-findings.ts'

/** Sets the gauge: how many high findings are open. */
export async function reportFindings(index: FindingsIndex, recordMetric: RecordMetric): Promise<void> {
  const { high } = await countFindings(index)
  recordMetric('openHighFindings', high)
}
