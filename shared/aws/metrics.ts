import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import { METRIC_NAMES, METRIC_NAMESPACE, type MetricName, SCHEDULE_DIMENSION } from './metric-names.ts'

/** Records a metric. Callers can only add the schedule's name as a dimension. */
export type RecordMetric = (name: MetricName, value: number, of?: { readonly schedule: string }) => void

/**
 * Metrics in the embedded metric format: CloudWatch extracts them from log lines, so no API call and no permission is
 * needed.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function createMetrics(deploymentName: string): RecordMetric {
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: deploymentName })
  return (name, value, of) => {
    const metric = metrics.singleMetric()
    if (of !== undefined) metric.addDimension(SCHEDULE_DIMENSION, of.schedule)
    metric.addMetric(METRIC_NAMES[name], name.endsWith('Ms') ? MetricUnit.Milliseconds : MetricUnit.Count, value)
  }
}
