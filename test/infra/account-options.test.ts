import { expect, test } from '@jest/globals'
import { Match, type Template } from 'aws-cdk-lib/assertions'
import * as z from 'zod'
import { BOUNDARY, CUSTOMER_KEY } from './stacks.ts'
import { assemblyFile, synthesized } from './synthesized.ts'

const everything = await synthesized('everything')
const production = await synthesized('production')
const ownTopic = await synthesized('ownTopic')

const resourcesSchema = z.record(z.string(), z.unknown())

/** What each resource of a type has, its properties read by `pick`. */
function each(template: Template, type: string, pick: (properties: Record<string, unknown>) => unknown): unknown[] {
  return Object.values(template.findResources(type)).map(({ Properties }) => pick(Properties))
}

test('The customer’s key encrypts the table, every queue, every log group and the stack’s own topic', () => {
  const keys = [
    ...each(everything, 'AWS::DynamoDB::Table', ({ SSESpecification }) => SSESpecification),
    ...each(everything, 'AWS::SQS::Queue', ({ KmsMasterKeyId }) => KmsMasterKeyId),
    ...each(everything, 'AWS::Logs::LogGroup', ({ KmsKeyId }) => KmsKeyId),
    ...each(ownTopic, 'AWS::SNS::Topic', ({ KmsMasterKeyId }) => KmsMasterKeyId),
  ]
  const [table, ...others] = keys
  expect(table).toEqual({ SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: CUSTOMER_KEY })
  // Three queues, the logs of four functions and of the API’s calls, one topic.
  expect(others).toEqual(Array.from({ length: 3 + 5 + 1 }, () => CUSTOMER_KEY))
})

test('The api function creates secrets under the customer’s key', () => {
  everything.hasResourceProperties('AWS::Lambda::Function', {
    Description: Match.stringLikeRegexp('answers the HTTP API'),
    Environment: { Variables: Match.objectLike({ ADMIN_KEY_KMS_KEY: CUSTOMER_KEY }) },
  })
})

test('The schedules’ roles can use the customer’s key only to put failed runs into their queue', () => {
  const policies = each(everything, 'AWS::IAM::Role', ({ Policies }) => Policies).filter((some) => some !== undefined)
  const [failedRuns] = Object.keys(everything.findResources('AWS::SQS::Queue')).filter((id) =>
    id.startsWith('FailedRuns'),
  )
  const sending = {
    PolicyName: 'SendFailedRuns',
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': [failedRuns, 'Arn'] } },
        {
          Effect: 'Allow',
          Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          Resource: CUSTOMER_KEY,
          Condition: {
            StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['sqs.eu-central-1.', { Ref: 'AWS::URLSuffix' }]] } },
          },
        },
      ],
    },
  }
  const invoking = expect.objectContaining({ PolicyName: 'Invoke' })
  expect(policies).toEqual([
    [invoking, sending],
    [invoking, sending],
  ])
})

test('Without a customer’s key, AWS’s own keys encrypt everything, and nothing names a KMS key but what signs', () => {
  const naming = Object.entries(resourcesSchema.parse(production.toJSON()['Resources'])).filter(([, resource]) =>
    /kms/i.test(JSON.stringify(resource)),
  )
  expect(naming.map(([logicalId]) => logicalId.replace(/[0-9A-F]{8}$/, ''))).toEqual([
    'SigningKey',
    'HttpApiFunctionRoleDefaultPolicy',
  ])
  expect(each(production, 'AWS::SQS::Queue', ({ SqsManagedSseEnabled }) => SqsManagedSseEnabled)).toEqual([
    true,
    true,
    true,
  ])
})

test('The permissions boundary is on every role, and without one no role has any', () => {
  const boundaries = (template: Template) =>
    each(template, 'AWS::IAM::Role', ({ PermissionsBoundary }) => PermissionsBoundary)
  // Of four functions, and of the two groups of schedules.
  expect(boundaries(everything)).toEqual(Array.from({ length: 6 }, () => BOUNDARY))
  expect(boundaries(production)).toEqual(Array.from({ length: 6 }, () => undefined))
})

test('The bootstrap qualifier selects the account’s own roles and assets', async () => {
  const manifest = await assemblyFile('everything', 'manifest.json')
  expect(manifest).toContain('cdk-acme-deploy-role-')
  expect(manifest).toContain('/cdk-bootstrap/acme/version')
  expect(manifest + JSON.stringify(everything.toJSON())).not.toContain('hnb659fds')
  expect(await assemblyFile('production', 'manifest.json')).toContain('cdk-hnb659fds-deploy-role-')
})

test('A stack with retained data has termination protection, and one that may be destroyed has none', async () => {
  expect(await assemblyFile('production', 'manifest.json')).toContain('"terminationProtection": true')
  expect(await assemblyFile('removable', 'manifest.json')).not.toContain('"terminationProtection": true')
})
