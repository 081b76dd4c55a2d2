import { expect, test } from '@jest/globals'
import { Match } from 'aws-cdk-lib/assertions'
import { synthesized } from './synthesized.ts'

const nightly = { name: 'nightly', expression: 'cron(0 2 * * ? *)', timeZone: 'Europe/Berlin', default: false }
const every6Hours = { name: 'every-6-hours', expression: 'rate(6 hours)', timeZone: 'UTC', default: true }
const template = await synthesized('production')

/** The logical id of the function that is described so. */
function functionId(description: RegExp): string {
  const [id] = Object.keys(
    template.findResources('AWS::Lambda::Function', {
      Properties: { Description: Match.stringLikeRegexp(description.source) },
    }),
  )
  if (id === undefined) throw new Error('There is no such function.')
  return id
}

test('Each schedule is deployed under its name, and passes the name to dispatch', () => {
  for (const { name, expression, timeZone } of [every6Hours, nightly]) {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      Name: name,
      ScheduleExpression: expression,
      ScheduleExpressionTimezone: timeZone,
      State: 'ENABLED',
      Target: Match.objectLike({
        Arn: { 'Fn::GetAtt': [functionId(/one message for each integration/), 'Arn'] },
        Input: JSON.stringify({ scheduleName: name }),
      }),
    })
  }
})

test('A schedule depends on its group, which its template only refers to by name', () => {
  const [group] = Object.keys(
    template.findResources('AWS::Scheduler::ScheduleGroup', {
      Properties: { Name: Match.stringLikeRegexp('SyncPipeline') },
    }),
  )
  template.hasResource('AWS::Scheduler::Schedule', {
    Properties: Match.objectLike({ Name: 'nightly' }),
    DependsOn: [group],
  })
})

test('One message per invocation, limited concurrency, and a dead-letter queue after three tries', () => {
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    BatchSize: 1,
    ScalingConfig: { MaximumConcurrency: 7 },
    FunctionName: { Ref: functionId(/reads one organization/) },
  })
  template.hasResourceProperties('AWS::SQS::Queue', {
    RedrivePolicy: { maxReceiveCount: 3, deadLetterTargetArn: Match.anyValue() },
  })
})

test('The function’s timeout is shorter than the lease, and the lease shorter than the queue’s visibility', () => {
  const [sync] = Object.values(
    template.findResources('AWS::Lambda::Function', {
      Properties: { Description: Match.stringLikeRegexp('reads one') },
    }),
  )
  const [queue] = Object.values(
    template.findResources('AWS::SQS::Queue', { Properties: { RedrivePolicy: Match.anyValue() } }),
  )
  const timeoutS = Number(sync?.['Properties'].Timeout)
  const leaseS = Number(sync?.['Properties'].Environment.Variables.SYNC_LEASE_MS) / 1_000
  const visibilityS = Number(queue?.['Properties'].VisibilityTimeout)
  expect(timeoutS).toBeLessThan(leaseS)
  expect(leaseS).toBeLessThan(visibilityS)
})

test('The functions run on Node 24 and arm64, with their own JSON logs, the configured retention, and tracing', () => {
  const ours = Object.values(
    template.findResources('AWS::Lambda::Function', {
      Properties: { Description: Match.stringLikeRegexp('^Rollcall: ') },
    }),
  )
  expect(ours).toHaveLength(3)
  for (const { Properties } of ours) {
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      LoggingConfig: { LogFormat: 'JSON' },
      TracingConfig: { Mode: 'Active' },
    })
    const logGroup = template.toJSON()['Resources'][Properties.LoggingConfig.LogGroup.Ref]
    expect(logGroup.Properties).toEqual({ RetentionInDays: 90 })
  }
})
