import { runSimulation } from '@cloud-copilot/iam-simulate'
import { expect, test } from '@jest/globals'
import { Match } from 'aws-cdk-lib/assertions'
import * as z from 'zod'
import { config } from '../../infra/config.ts'
import { alarmsOf, pageOf } from './alarms.ts'
import { ALARM_TOPIC } from './stacks.ts'
import { type StackName, synthesized } from './synthesized.ts'

const ACCOUNT = '111122223333'
const TOPIC = `arn:aws:sns:eu-central-1:${ACCOUNT}:alarms`
const ALARM = `arn:aws:cloudwatch:eu-central-1:${ACCOUNT}:alarm:Rollcall-prod-SyncsFailing`

const template = await synthesized('apiOnly')
const [topicId = ''] = Object.keys(template.findResources('AWS::SNS::Topic'))
const alarms = alarmsOf(template)

test('There is an alarm for everything that needs action, and each has its impact and its page', () => {
  expect(alarms.map((alarm) => [alarm.MetricName, pageOf(alarm)])).toEqual([
    ['SyncsFailed', 'syncs-failing'],
    ['ScheduleRuns', 'schedule-did-not-run'],
    ['ScheduleRuns', 'schedule-did-not-run'],
    ['ScheduleRuns', 'schedule-did-not-run'],
    ['ApproximateAgeOfOldestMessage', 'syncs-waiting'],
    ['ApproximateNumberOfMessagesVisible', 'dead-letter-queue'],
    ['ApproximateNumberOfMessagesVisible', 'failed-runs'],
    ['IntegrationsNeedingAction', 'integration-needs-action'],
    ['OpenHighFindings', 'high-findings'],
    ['ApiFaults', 'api-errors'],
    ['Throttles', 'api-errors'],
    ['5xx', 'api-errors'],
    ['Errors', 'clean-up-errors'],
    ['Integrations', 'clean-up-did-not-run'],
    ['Errors', 'dispatch-errors'],
  ])
  for (const { AlarmDescription } of alarms) expect(AlarmDescription).toMatch(/^[A-Z].{40,}\. What to do: /)
})

test('A schedule of up to a day is watched for its longest gap and a grace period; longer ones are not watched', () => {
  const runs = alarms.filter(({ MetricName }) => MetricName === 'ScheduleRuns')
  expect(
    runs.map(({ Dimensions, Period, EvaluationPeriods, TreatMissingData }) => [
      Dimensions.find(({ Name }) => Name === 'Schedule')?.Value,
      Period * EvaluationPeriods,
      TreatMissingData,
    ]),
  ).toEqual([
    ['every-6-hours', 7 * 3_600, 'missing'],
    ['often', 20 * 60, 'missing'],
    // The day on which clocks go back has 25 hours.
    ['daily', 26 * 3_600, 'missing'],
  ])
})

test('Syncs may wait in the queue until the next ones are due, between an hour and a day', async () => {
  const mayWaitSeconds = async (stack: StackName) =>
    alarmsOf(await synthesized(stack)).find(({ MetricName }) => MetricName === 'ApproximateAgeOfOldestMessage')
      ?.Threshold
  // Every night and every six hours; one of the many every minute; on weekdays.
  expect(await mayWaitSeconds('production')).toBe(6 * 3_600)
  expect(await mayWaitSeconds('apiOnly')).toBe(3_600)
  expect(await mayWaitSeconds('second')).toBe(24 * 3_600)
})

test('An unreachable API raises an alarm without errors of its function: Lambda throttles, or API Gateway answers 5xx', () => {
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

test('Each growth of the open high findings raises an alarm, which ends when an hour passes without one', () => {
  expect(alarms.find(({ MetricName }) => MetricName === 'OpenHighFindings')).toMatchObject({
    Namespace: 'Rollcall',
    Expression: 'DIFF(open)',
    Statistic: 'Maximum',
    Period: 3_600,
    EvaluationPeriods: 1,
    Threshold: 1,
    TreatMissingData: 'notBreaching',
  })
})

test('A clean-up that has not succeeded for three hours raises an alarm', () => {
  expect(alarms.find(({ MetricName }) => MetricName === 'Integrations')).toMatchObject({
    Period: 3_600,
    EvaluationPeriods: 3,
    Threshold: 1,
    TreatMissingData: 'missing',
  })
})

test('An alarm about missing runs is silent until the first run, and then notifies when runs stop', () => {
  const notifying = Object.values(template.findResources('AWS::CloudWatch::Alarm')).filter(
    ({ Properties }) => Properties.InsufficientDataActions !== undefined,
  )
  expect(notifying.map(({ Properties }) => [Properties.MetricName, Properties.TreatMissingData])).toEqual([
    ['ScheduleRuns', 'missing'],
    ['ScheduleRuns', 'missing'],
    ['ScheduleRuns', 'missing'],
    ['Integrations', 'missing'],
  ])
  for (const { Properties } of notifying) expect(Properties.InsufficientDataActions).toEqual([{ Ref: topicId }])
  expect(alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching')).toEqual([])
})

test('A run that cannot be started, or fails every time, raises an alarm from the first day on', () => {
  const [queue] = Object.keys(template.findResources('AWS::SQS::Queue')).filter((id) => id.startsWith('FailedRuns'))
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [queue, 'QueueName'] } }],
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  })
  const arn = { 'Fn::GetAtt': [queue, 'Arn'] }
  const schedules = Object.values(template.findResources('AWS::Scheduler::Schedule'))
  expect(schedules.map(({ Properties }) => Properties.Target.DeadLetterConfig)).toEqual(
    schedules.map(() => ({ Arn: arn })),
  )
  for (const description of ['answers the HTTP API', 'one message for each integration']) {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp(description),
      DeadLetterConfig: { TargetArn: arn },
    })
  }
})

test('With an existing topic the stack has none, and all alarms use the existing one', async () => {
  const everything = await synthesized('everything')
  everything.resourceCountIs('AWS::SNS::Topic', 0)
  everything.resourceCountIs('AWS::SNS::TopicPolicy', 0)
  everything.resourceCountIs('AWS::SNS::Subscription', 0)
  for (const { Properties } of Object.values(everything.findResources('AWS::CloudWatch::Alarm'))) {
    expect(actionsSchema.parse(Properties)).toEqual({ AlarmActions: [ALARM_TOPIC], OKActions: [ALARM_TOPIC] })
    expect(Properties.InsufficientDataActions ?? [ALARM_TOPIC]).toEqual([ALARM_TOPIC])
  }
})

test('With the sample’s settings syncs use at most half of a new account’s ten concurrent functions', () => {
  const stages = Object.values(config.stages)
  expect(stages.map(({ syncsAtOnce }) => syncsAtOnce)).toEqual(stages.map(() => 5))
})

test('No metric has a dimension for each integration', () => {
  const own = alarms.filter(({ Namespace }) => Namespace === 'Rollcall')
  const names = new Set(own.flatMap(({ Dimensions }) => Dimensions.map(({ Name }) => Name)))
  expect([...names].toSorted()).toEqual(['Schedule', 'service'])
})

test('All alarms go to one topic, and from there to the configured address', async () => {
  template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'oncall@acme.internal' })
  ;(await synthesized('ownIssuer')).resourceCountIs('AWS::SNS::Subscription', 0)
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

const actionsSchema = z.object({ AlarmActions: z.array(z.unknown()), OKActions: z.array(z.unknown()) })
const policySchema = z.object({ Topics: z.array(z.unknown()), PolicyDocument: z.unknown() })

/** The topic's policy as it will look once deployed. */
function deployedPolicy(document: unknown): unknown {
  const text = JSON.stringify(document)
    .replaceAll(JSON.stringify({ Ref: topicId }), JSON.stringify(TOPIC))
    .replaceAll('{"Ref":"AWS::AccountId"}', JSON.stringify(ACCOUNT))
    .replaceAll(
      /\{"Fn::Join":\["",\["arn:",[^\]]*":alarm:\*"\]\]\}/g,
      JSON.stringify(ALARM.replace(/alarm:.*/, 'alarm:*')),
    )
  return JSON.parse(text)
}

/** Whether SNS accepts a notification of this alarm, in this account, over TLS or not. */
async function mayPublish(from: { alarm: string; account: string; tls: boolean }): Promise<boolean> {
  const [policy] = Object.values(template.findResources('AWS::SNS::TopicPolicy'))
  const result = await runSimulation(
    {
      request: {
        principal: 'cloudwatch.amazonaws.com',
        action: 'sns:Publish',
        resource: { resource: TOPIC, accountId: ACCOUNT },
        contextVariables: {
          'aws:SourceAccount': from.account,
          'aws:SourceArn': from.alarm,
          'aws:SecureTransport': String(from.tls),
        },
      },
      identityPolicies: [],
      resourcePolicy: deployedPolicy(policySchema.parse(policy?.['Properties']).PolicyDocument),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  )
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors))
  return result.overallResult === 'Allowed'
}

test('Every alarm notifies the topic when it begins and when it ends', () => {
  for (const { Properties } of Object.values(template.findResources('AWS::CloudWatch::Alarm'))) {
    expect(actionsSchema.parse(Properties)).toEqual({ AlarmActions: [{ Ref: topicId }], OKActions: [{ Ref: topicId }] })
  }
  const [policy] = Object.values(template.findResources('AWS::SNS::TopicPolicy'))
  expect(policySchema.parse(policy?.['Properties']).Topics).toEqual([{ Ref: topicId }])
})

test('The topic accepts messages of this account’s alarms over TLS only', async () => {
  expect(await mayPublish({ alarm: ALARM, account: ACCOUNT, tls: true })).toBe(true)
  expect(await mayPublish({ alarm: ALARM, account: ACCOUNT, tls: false })).toBe(false)
  const foreign = { alarm: ALARM.replace(ACCOUNT, '999999999999'), account: '999999999999', tls: true }
  expect(await mayPublish(foreign)).toBe(false)
})
