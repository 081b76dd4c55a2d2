import { runSimulation } from '@cloud-copilot/iam-simulate'
import { expect, test } from '@jest/globals'
import * as z from 'zod'
import { synthesize } from './synthesize.ts'

const ACCOUNT = '111122223333'
const TOPIC = `arn:aws:sns:eu-central-1:${ACCOUNT}:alarms`
const ALARM = `arn:aws:cloudwatch:eu-central-1:${ACCOUNT}:alarm:Rollcall-prod-SyncsFailing`

const template = synthesize()
const actionsSchema = z.object({ AlarmActions: z.array(z.unknown()), OKActions: z.array(z.unknown()) })
const policySchema = z.object({ Topics: z.array(z.unknown()), PolicyDocument: z.unknown() })

/** The topic's policy as it will look once deployed. */
function deployedPolicy(document: unknown): unknown {
  const [topicId = ''] = Object.keys(template.findResources('AWS::SNS::Topic'))
  const text = JSON.stringify(document)
    .replaceAll(JSON.stringify({ Ref: topicId }), JSON.stringify(TOPIC))
    .replaceAll('{"Ref":"AWS::AccountId"}', JSON.stringify(ACCOUNT))
    .replaceAll(
      /\{"Fn::Join":\["",\["arn:",[^\]]*":alarm:\*"\]\]\}/g,
      JSON.stringify(ALARM.replace(/alarm:.*/, 'alarm:*')),
    )
  return JSON.parse(text)
}

/** Whether SNS takes a notification of this alarm, in this account, over TLS or not. */
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

test('Every alarm tells the one topic that it began and that it is over', () => {
  const [topicId] = Object.keys(template.findResources('AWS::SNS::Topic'))
  for (const { Properties } of Object.values(template.findResources('AWS::CloudWatch::Alarm'))) {
    expect(actionsSchema.parse(Properties)).toEqual({ AlarmActions: [{ Ref: topicId }], OKActions: [{ Ref: topicId }] })
  }
  const [policy] = Object.values(template.findResources('AWS::SNS::TopicPolicy'))
  expect(policySchema.parse(policy?.['Properties']).Topics).toEqual([{ Ref: topicId }])
})

test('The topic takes what this account’s alarms publish over TLS, and nothing of other accounts or without TLS', async () => {
  expect(await mayPublish({ alarm: ALARM, account: ACCOUNT, tls: true })).toBe(true)
  expect(await mayPublish({ alarm: ALARM, account: ACCOUNT, tls: false })).toBe(false)
  const foreign = { alarm: ALARM.replace(ACCOUNT, '999999999999'), account: '999999999999', tls: true }
  expect(await mayPublish(foreign)).toBe(false)
})
