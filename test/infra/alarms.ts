import type { Template } from 'aws-cdk-lib/assertions'
import * as z from 'zod'

/** A text that holds what is known only once deployed; that is left out here. */
const descriptionSchema = z
  .object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) })
  .transform(({ 'Fn::Join': [, parts] }) => parts.map((part) => (typeof part === 'string' ? part : '…')).join(''))

const metric = {
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })),
}

/** An expression over one metric, in the form of an alarm of that metric. */
const expressionSchema = z
  .tuple([
    z.object({ Expression: z.string() }),
    z.object({
      ReturnData: z.literal(false),
      MetricStat: z.object({ Metric: z.object(metric), Period: z.number(), Stat: z.string() }),
    }),
  ])
  .transform(([{ Expression }, { MetricStat }]) => {
    const { Metric, Period, Stat } = MetricStat
    return { ...Metric, Period, Statistic: Stat, Expression }
  })

const alarmSchema = z
  .object({
    AlarmDescription: descriptionSchema,
    AlarmActions: z.array(z.unknown()).length(1),
    OKActions: z.array(z.unknown()).length(1),
    EvaluationPeriods: z.number(),
    Threshold: z.number(),
    TreatMissingData: z.string(),
  })
  .and(
    z.union([
      z.object({ ...metric, Period: z.number() }),
      z.object({ Metrics: expressionSchema }).transform(({ Metrics }) => Metrics),
    ]),
  )

/** The alarms of a template. */
export function alarmsOf(template: Template): z.infer<typeof alarmSchema>[] {
  return Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) =>
    alarmSchema.parse(Properties),
  )
}

/** The runbook's page that an alarm links; undefined when it links none on the site. */
export function pageOf({ AlarmDescription }: { readonly AlarmDescription: string }): string | undefined {
  return / What to do: https:\/\/…\/docs\/runbook\.html#([a-z-]+)$/.exec(AlarmDescription)?.[1]
}
