import { expect, test } from '@jest/globals'
import { Match } from 'aws-cdk-lib/assertions'
import * as z from 'zod'
import { synthesize } from './synthesize.ts'

const schedule = { name: 'often', expression: 'rate(1 minute)', timeZone: 'UTC', default: false }
const template = synthesize({
  schedules: [
    { ...schedule, name: 'every-6-hours', expression: 'rate(6 hours)', default: true },
    schedule,
    { ...schedule, name: 'daily', expression: 'cron(0 6 * * ? *)', timeZone: 'Europe/Berlin' },
    { ...schedule, name: 'weekdays', expression: 'cron(0 6 ? * MON-FRI *)' },
    { ...schedule, name: 'every-2-days', expression: 'rate(2 days)' },
  ],
})

const alarmSchema = z.object({
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.unknown()).length(1),
  OKActions: z.array(z.unknown()).length(1),
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })),
  Period: z.number(),
  EvaluationPeriods: z.number(),
  TreatMissingData: z.string(),
})
const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) =>
  alarmSchema.parse(Properties),
)

/** The runbook's page that an alarm links. */
function pageOf({ AlarmDescription }: { AlarmDescription: string }): string | undefined {
  return / What to do: docs\/runbook\.md#([a-z-]+)$/.exec(AlarmDescription)?.[1]
}

test('There is an alarm for everything that needs somebody, and each says its impact and links its page', () => {
  expect(alarms.map((alarm) => [alarm.MetricName, pageOf(alarm)])).toEqual([
    ['SyncsFailed', 'syncs-failing'],
    ['ScheduleRuns', 'schedule-did-not-run'],
    ['ScheduleRuns', 'schedule-did-not-run'],
    ['ScheduleRuns', 'schedule-did-not-run'],
    ['ApproximateNumberOfMessagesVisible', 'dead-letter-queue'],
    ['IntegrationsNeedingAction', 'integration-needs-action'],
    ['5xx', 'api-errors'],
    ['Errors', 'clean-up-errors'],
    ['Errors', 'dispatch-errors'],
  ])
  for (const { AlarmDescription } of alarms) expect(AlarmDescription).toMatch(/^[A-Z].{40,}\. What to do: /)
})

test('A schedule of up to a day is missed when it has not run for its longest gap and a while; longer ones are not watched', () => {
  const runs = alarms.filter(({ MetricName }) => MetricName === 'ScheduleRuns')
  expect(
    runs.map(({ Dimensions, Period, EvaluationPeriods, TreatMissingData }) => [
      Dimensions.find(({ Name }) => Name === 'Schedule')?.Value,
      Period * EvaluationPeriods,
      TreatMissingData,
    ]),
  ).toEqual([
    ['every-6-hours', 7 * 3_600, 'breaching'],
    ['often', 20 * 60, 'breaching'],
    // The day on which clocks go back has 25 hours.
    ['daily', 26 * 3_600, 'breaching'],
  ])
})

test('No metric has a dimension for each integration', () => {
  const own = alarms.filter(({ Namespace }) => Namespace === 'Rollcall')
  const names = new Set(own.flatMap(({ Dimensions }) => Dimensions.map(({ Name }) => Name)))
  expect([...names].toSorted()).toEqual(['Schedule', 'service'])
})

test('The alarms go to one topic, and from there to the address that is configured', () => {
  const withAddress = synthesize({ alarmEmail: 'oncall@example.com' })
  withAddress.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'oncall@example.com' })
  synthesize({ alarmEmail: undefined }).resourceCountIs('AWS::SNS::Subscription', 0)
  template.resourceCountIs('AWS::SNS::Topic', 1)
  template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ]),
    },
  })
})

test('There is one dashboard', () => {
  template.resourceCountIs('AWS::CloudWatch::Dashboard', 1)
})
