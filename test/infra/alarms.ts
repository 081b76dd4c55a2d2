import type { Template } from 'aws-cdk-lib/assertions'
import * as z from 'zod'

const metricSchema = z.object({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })),
})

/** A text that holds what is known only once deployed; that is left out here. */
const descriptionSchema = z
  .object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) })
  .transform(({ 'Fn::Join': [, parts] }) => parts.map((part) => (typeof part === 'string' ? part : '…')).join(''))

const commonSchema = z.object({
  AlarmDescription: descriptionSchema,
  AlarmActions: z.array(z.unknown()).length(1),
  OKActions: z.array(z.unknown()).length(1),
  EvaluationPeriods: z.number(),
  Threshold: z.number(),
  TreatMissingData: z.string(),
})

/** Of one metric, or of an expression over several. */
const alarmSchema = z.union([
  commonSchema
    .extend({ ...metricSchema.shape, Period: z.number() })
    .transform(({ Namespace, MetricName, Dimensions, ...alarm }) => ({
      ...alarm,
      Expression: MetricName,
      Metrics: [{ Namespace, MetricName, Dimensions }],
    })),
  commonSchema
    .extend({
      Metrics: z.array(
        z.union([
          z.object({ Expression: z.string() }),
          z.object({ MetricStat: z.object({ Metric: metricSchema, Period: z.number() }) }),
        ]),
      ),
    })
    .transform(({ Metrics, ...alarm }) => ({
      ...alarm,
      Period: Math.max(...Metrics.flatMap((each) => ('MetricStat' in each ? [each.MetricStat.Period] : []))),
      Expression: Metrics.flatMap((each) => ('Expression' in each ? [each.Expression] : [])).join(),
      Metrics: Metrics.flatMap((each) => ('MetricStat' in each ? [each.MetricStat.Metric] : [])),
    })),
])

/** The alarms of a template: each with the metric or the expression it watches, and what that is made of. */
export function alarmsOf(template: Template) {
  return Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) =>
    alarmSchema.parse(Properties),
  )
}

/** The runbook's page that an alarm links; undefined when it links none on the site. */
export function pageOf({ AlarmDescription }: { readonly AlarmDescription: string }): string | undefined {
  return / What to do: https:\/\/…\/docs\/runbook\.html#([a-z-]+)$/.exec(AlarmDescription)?.[1]
}
