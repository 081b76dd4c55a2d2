import { describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import { OWN_KEY, Policies, SECRET } from './policies.ts'
import { CUSTOMER_KEY } from './stacks.ts'
import { synthesized } from './synthesized.ts'

const functions = ['api', 'sync', 'dispatch'] as const

/** Every action on a secret that shows it or tells about it, and every one that makes, changes or ends it. */
const KEY_ACTIONS = [
  'GetSecretValue',
  'DescribeSecret',
  'ListSecretVersionIds',
  'GetResourcePolicy',
  'CreateSecret',
  'PutSecretValue',
  'DeleteSecret',
  'UpdateSecret',
  'RestoreSecret',
  'PutResourcePolicy',
  'ReplicateSecretToRegions',
  'RotateSecret',
  'TagResource',
  'UpdateSecretVersionStage',
].map((action) => `secretsmanager:${action}`)

const stacks = { production: await Policies.of('production'), everything: await Policies.of('everything') }

describe.each(['production', 'everything'] as const)('%s', (name) => {
  const policies = stacks[name]
  const [table = ''] = policies.arnsOf('AWS::DynamoDB::Table').values()
  const queueNamed = (part: string) =>
    [...policies.arnsOf('AWS::SQS::Queue').values()].find((arn) => arn.includes(part)) ?? ''
  const queue = queueNamed('SyncPipelineQueue')
  const failedRuns = queueNamed('FailedRuns')

  test('api can create, replace and delete keys, but not read them', async () => {
    expect(await policies.allowed('api', KEY_ACTIONS, OWN_KEY)).toEqual([
      'secretsmanager:CreateSecret',
      'secretsmanager:PutSecretValue',
      'secretsmanager:DeleteSecret',
    ])
  })

  test('api can tag a new key with the stack’s tags only', async () => {
    const tagging = (tags: Record<string, string>) =>
      policies.allowed('api', ['secretsmanager:TagResource'], OWN_KEY, {
        'aws:TagKeys': Object.keys(tags),
        ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
      })
    const own = { application: 'rollcall', stage: 'prod' }
    expect(await tagging(own)).toEqual(['secretsmanager:TagResource'])
    expect(await tagging({ ...own, team: 'payroll' })).toEqual([])
    expect(await tagging({ ...own, stage: 'dev' })).toEqual([])
  })

  test('sync can read keys, but not write them', async () => {
    expect(await policies.allowed('sync', KEY_ACTIONS, OWN_KEY)).toEqual(['secretsmanager:GetSecretValue'])
  })

  test('dispatch can neither read keys nor write them', async () => {
    expect(await policies.allowed('dispatch', KEY_ACTIONS, OWN_KEY)).toEqual([])
  })

  test.each(['Test2/admin-keys/01J8Z0000000000000000000AA', 'Test/admin-keys2/x', 'Test/other', 'payroll'])(
    'No function reaches a secret outside the stack’s prefix (%s)',
    async (name) => {
      for (const role of functions)
        expect(await policies.allowed(role, KEY_ACTIONS, `${SECRET}:${name}-AbCdEf`)).toEqual([])
    },
  )

  test('dispatch can list the integrations, but neither read people nor write', async () => {
    const partition = (name: string) => ({ 'dynamodb:LeadingKeys': [name] })
    const actions = ['Query', 'GetItem', 'Scan', 'PutItem', 'DeleteItem'].map((action) => `dynamodb:${action}`)
    expect(await policies.allowed('dispatch', actions, table, partition('INTEGRATIONS'))).toEqual(['dynamodb:Query'])
    // Keys and invitations are in the parts of snapshots.
    for (const name of ['USERS#01J8Z0000000000000000000AA', 'SNAPSHOT#01J8Z0000000000000000000AA#keys.01J8Z1.1#0']) {
      expect(await policies.allowed('dispatch', actions, table, partition(name))).toEqual([])
    }
    expect(await policies.allowed('dispatch', actions, table)).toEqual([])
  })

  test('api and sync can read and write items, but neither scan nor change the table', async () => {
    const actions = ['Query', 'PutItem', 'Scan', 'DeleteTable', 'UpdateTable', 'UpdateContinuousBackups']
    for (const role of ['api', 'sync'] as const) {
      const granted = await policies.allowed(
        role,
        actions.map((action) => `dynamodb:${action}`),
        table,
      )
      expect(granted).toEqual(['dynamodb:Query', 'dynamodb:PutItem'])
    }
  })

  test('Each function has these actions and no others, besides those on keys of KMS', () => {
    const everywhere = [
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]
    const itemActions = ['BatchGetItem', 'BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem']
    const items = itemActions.map((action) => `dynamodb:${action}`)
    const actionsOf = (role: (typeof functions)[number]) => {
      const actions = new Set(policies.statements[role].flatMap(({ Action }) => Action))
      return [...actions].filter((action) => !action.startsWith('kms:')).toSorted()
    }
    const writesKeys = ['CreateSecret', 'DeleteSecret', 'PutSecretValue', 'TagResource']
    // Of the secret that CloudFront sends. Another test holds that it reads no key.
    const readsSecret = name === 'everything' ? ['secretsmanager:GetSecretValue'] : []
    expect(actionsOf('api')).toEqual(
      [
        ...items,
        ...writesKeys.map((action) => `secretsmanager:${action}`),
        ...readsSecret,
        'sqs:SendMessage',
        ...everywhere,
      ].toSorted(),
    )
    const receives = ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'GetQueueUrl', 'ReceiveMessage']
    expect(actionsOf('sync')).toEqual(
      [
        ...items,
        'secretsmanager:GetSecretValue',
        ...[...receives, 'SendMessage'].map((action) => `sqs:${action}`),
        ...everywhere,
      ].toSorted(),
    )
    expect(actionsOf('dispatch')).toEqual(['dynamodb:Query', 'sqs:SendMessage', ...everywhere].toSorted())
  })

  test('All three can send messages, only sync can receive them, and none can change or purge the queue', async () => {
    const actions = ['SendMessage', 'ReceiveMessage', 'PurgeQueue', 'SetQueueAttributes', 'DeleteQueue']
    const granted = async (role: 'api' | 'sync' | 'dispatch') =>
      policies.allowed(
        role,
        actions.map((action) => `sqs:${action}`),
        queue,
      )
    expect(await granted('api')).toEqual(['sqs:SendMessage'])
    expect(await granted('dispatch')).toEqual(['sqs:SendMessage'])
    expect(await granted('sync')).toEqual(['sqs:SendMessage', 'sqs:ReceiveMessage'])
  })

  test('api and dispatch can put failed runs into their queue, sync cannot, and none can read it', async () => {
    const granted = await Promise.all(
      functions.map((role) => policies.allowed(role, ['sqs:SendMessage', 'sqs:ReceiveMessage'], failedRuns)),
    )
    expect(granted).toEqual([['sqs:SendMessage'], [], ['sqs:SendMessage']])
  })

  test.each(functions)('%s has no wildcard action, and no access outside the stack except tracing', (role) => {
    const own = new Set([
      table,
      queue,
      failedRuns,
      ...policies.arnsOf('AWS::Logs::LogGroup').values(),
      ...(role === 'api' ? policies.arnsOf('AWS::SecretsManager::Secret').values() : []),
      // The only wildcard among the resources: the keys under the stack's prefix.
      `${SECRET}:Test/admin-keys/*`,
      CUSTOMER_KEY,
      ...(role === 'api' ? policies.arnsOf('AWS::KMS::Key').values() : []),
    ])
    const statements = policies.statements[role]
    expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([])
    const reachingOut = statements.filter(({ Resource }) => Resource.some((resource) => !own.has(resource)))
    expect(reachingOut.map(({ Action, Resource }) => [Action.toSorted(), Resource])).toEqual([
      [['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], ['*']],
    ])
  })
})

const scheduleSchema = z.object({
  GroupName: z.string(),
  Target: z.object({
    Arn: z.unknown(),
    DeadLetterConfig: z.object({ Arn: z.unknown() }),
    RoleArn: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }),
  }),
})

test('Only EventBridge Scheduler can assume a schedule’s role, for its group in this account, to invoke one function and report failures', async () => {
  const template = await synthesized('production')
  const schedules = Object.values(template.findResources('AWS::Scheduler::Schedule'))
  expect(schedules).toHaveLength(3)
  for (const { GroupName, Target } of schedules.map(({ Properties }) => scheduleSchema.parse(Properties))) {
    const [group] = Object.keys(
      template.findResources('AWS::Scheduler::ScheduleGroup', { Properties: { Name: GroupName } }),
    )
    const [role] = Target.RoleArn['Fn::GetAtt']
    const fromGroup = {
      'aws:SourceAccount': { Ref: 'AWS::AccountId' },
      'aws:SourceArn': { 'Fn::GetAtt': [group, 'Arn'] },
    }
    expect(template.findResources('AWS::IAM::Role')[role]?.['Properties']).toEqual({
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: { StringEquals: fromGroup },
          },
        ],
      },
      Policies: [
        {
          PolicyName: 'Invoke',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: Target.Arn }],
          },
        },
        {
          PolicyName: 'SendFailedRuns',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: Target.DeadLetterConfig.Arn }],
          },
        },
      ],
    })
  }
})
