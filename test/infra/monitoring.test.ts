import { expect, test } from '@jest/globals'
import { Match } from 'aws-cdk-lib/assertions'
import { config } from '../../infra/config.ts'
import { alarmsOf, pageOf } from './alarms.ts'
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

const alarms = alarmsOf(template)

test('There is an alarm for everything that needs somebody, and each says its impact and links its page', () => {
  expect(alarms.map((alarm) => [alarm.MetricName, pageOf(alarm)])).toEqual([
    ['SyncsFailed', 'syncs-failing'],
    ['ScheduleRuns', 'schedule-did-not-run'],
    ['ScheduleRuns', 'schedule-did-not-run'],
    ['ScheduleRuns', 'schedule-did-not-run'],
    ['ApproximateAgeOfOldestMessage', 'syncs-waiting'],
    ['ApproximateNumberOfMessagesVisible', 'dead-letter-queue'],
    ['IntegrationsNeedingAction', 'integration-needs-action'],
    ['ApiFaults', 'api-errors'],
    ['Throttles', 'api-errors'],
    ['5xx', 'api-errors'],
    ['Errors', 'clean-up-errors'],
    ['Integrations', 'clean-up-did-not-run'],
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

test('Syncs may wait in the queue for their turn until the next ones are due, an hour at least', () => {
  const mayWaitSeconds = (expressions: readonly string[]) => {
    const schedules = expressions.map((expression, index) => ({
      ...schedule,
      name: `s${index}`,
      expression,
      default: index === 0,
    }))
    return alarmsOf(synthesize({ schedules })).find(({ MetricName }) => MetricName === 'ApproximateAgeOfOldestMessage')
      ?.Threshold
  }
  expect(mayWaitSeconds(['rate(6 hours)', 'rate(12 hours)'])).toBe(6 * 3_600)
  expect(mayWaitSeconds(['rate(1 minute)'])).toBe(3_600)
  expect(mayWaitSeconds(['cron(0 6 ? * MON-FRI *)'])).toBe(24 * 3_600)
})

test('An API that nobody reaches rings, though its function fails at nothing: turned away by Lambda, or by API Gateway', () => {
  const [apiFunction] = Object.keys(
    template.findResources('AWS::Lambda::Function', {
      Properties: { Description: Match.stringLikeRegexp('answers the HTTP API') },
    }),
  )
  const [api] = Object.keys(template.findResources('AWS::ApiGatewayV2::Api'))
  const watched = (name: string) => {
    const alarm = alarms.find(({ MetricName }) => MetricName === name)
    return [alarm?.Namespace, alarm?.Dimensions, alarm?.Threshold, alarm?.Period, alarm?.TreatMissingData]
  }
  expect(watched('Throttles')).toEqual([
    'AWS/Lambda',
    [{ Name: 'FunctionName', Value: { Ref: apiFunction } }],
    3,
    300,
    'notBreaching',
  ])
  expect(watched('5xx')).toEqual(['AWS/ApiGateway', [{ Name: 'ApiId', Value: { Ref: api } }], 10, 300, 'notBreaching'])
})

test('A clean-up that has not ended well for three hours is missed', () => {
  expect(alarms.find(({ MetricName }) => MetricName === 'Integrations')).toMatchObject({
    Period: 3_600,
    EvaluationPeriods: 3,
    Threshold: 1,
    TreatMissingData: 'breaching',
  })
})

test('With the sample’s settings syncs leave half of the ten functions that a new account runs at once', () => {
  const stages = Object.values(config.stages)
  expect(stages.map(({ syncsAtOnce }) => syncsAtOnce)).toEqual(stages.map(() => 5))
})

test('No metric has a dimension for each integration', () => {
  const own = alarms.filter(({ Namespace }) => Namespace === 'Rollcall')
  const names = new Set(own.flatMap(({ Dimensions }) => Dimensions.map(({ Name }) => Name)))
  expect([...names].toSorted()).toEqual(['Schedule', 'service'])
})

test('The alarms go to one topic, and from there to the address that is configured', () => {
  const withAddress = synthesize({ alarmEmail: 'oncall@acme.internal' })
  withAddress.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'oncall@acme.internal' })
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
