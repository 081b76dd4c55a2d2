import * as z from 'zod'
import type { AwsCalls } from './aws-calls.ts'
import type { Deployment } from './deployment.ts'
import { E2E_STACK } from './deployment-names.ts'
import { expect } from './step.ts'

/** What the account has that the stack is deployed with. */
export interface AccountOptions {
  readonly kmsKeyArn: string
  readonly permissionsBoundaryArn: string
}

const BOUNDARY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
}

const keySchema = z.object({ KeyMetadata: z.object({ Arn: z.string() }) })
const policySchema = z.object({ Policy: z.object({ Arn: z.string() }) })
const stacksSchema = z.object({ Stacks: z.array(z.object({ EnableTerminationProtection: z.boolean() })).length(1) })
const logGroupsSchema = z.object({
  logGroups: z.array(z.object({ logGroupName: z.string(), kmsKeyId: z.string().optional() })),
})
const secretsSchema = z.object({ SecretList: z.array(z.object({ Name: z.string() })) })
const secretSchema = z.object({ KmsKeyId: z.string().optional() })
const queueSchema = z.object({ Attributes: z.object({ KmsMasterKeyId: z.string().optional() }) })

/** Makes a KMS key and a permissions boundary, as an account may have them before Rollcall comes. */
export async function prepareAccount(aws: AwsCalls): Promise<AccountOptions> {
  const { KeyMetadata: key } = await aws.call('kms', 'create_key', { Description: 'The customer’s' }, keySchema)
  const document = { PolicyName: 'e2e-boundary', PolicyDocument: JSON.stringify(BOUNDARY) }
  const { Policy: boundary } = await aws.call('iam', 'create_policy', document, policySchema)
  return { kmsKeyArn: key.Arn, permissionsBoundaryArn: boundary.Arn }
}

/** The key encrypts logs and queues, and the stack, whose data are retained, is guarded against deletion. */
export async function checkAccountOptions({ bench, aws, account, template, physicalId }: Deployment): Promise<void> {
  const { Stacks: stacks } = await aws.call('cloudformation', 'describe_stacks', { StackName: E2E_STACK }, stacksSchema)
  expect(stacks[0]?.EnableTerminationProtection === true, 'The stack has no termination protection.')
  for (const { logicalId } of template.all('AWS::Logs::LogGroup')) {
    const name = await physicalId(logicalId)
    const parameters = { logGroupNamePrefix: name }
    const { logGroups } = await aws.call('logs', 'describe_log_groups', parameters, logGroupsSchema)
    const found = logGroups.find(({ logGroupName }) => logGroupName === name)
    expect(found?.kmsKeyId === account.kmsKeyArn, `The log group ${name} is encrypted by ${found?.kmsKeyId}.`)
  }
  for (const { logicalId } of template.all('AWS::SQS::Queue')) {
    const parameters = { QueueUrl: await physicalId(logicalId), AttributeNames: ['All'] }
    const { Attributes: queue } = await aws.call('sqs', 'get_queue_attributes', parameters, queueSchema)
    expect(queue.KmsMasterKeyId === account.kmsKeyArn, `${logicalId} is encrypted by ${queue.KmsMasterKeyId}.`)
  }
  bench.say('The customer’s key encrypts every log group and queue, and the stack has termination protection')
}

/** Once an organization is connected: its Admin key’s secret is encrypted by the customer’s key. */
export async function checkKeyOfSecrets({ bench, aws, account, outputs }: Deployment): Promise<void> {
  const { SecretList: all } = await aws.call('secretsmanager', 'list_secrets', { MaxResults: 100 }, secretsSchema)
  const own = all.filter(({ Name }) => Name.startsWith(`${outputs.adminKeyPrefix}/`))
  expect(own.length === 1, `There are ${own.length} secrets, not the one of the integration.`)
  const parameters = { SecretId: own[0]?.Name }
  const { KmsKeyId } = await aws.call('secretsmanager', 'describe_secret', parameters, secretSchema)
  expect(KmsKeyId === account.kmsKeyArn, `The secret is encrypted by ${KmsKeyId}, not by the customer’s key.`)
  bench.say('The Admin key’s secret is encrypted by the customer’s key')
}
