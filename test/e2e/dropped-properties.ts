import * as z from 'zod'
import { SYNC_VISIBILITY_MS } from '../../infra/sync-timing.ts'
import { WATCHDOG_MS } from '../watchdog.ts'
import type { Deployment } from './deployment.ts'
import { E2E_RECOVERY_DAYS } from './deployment-names.ts'
import { expect } from './step.ts'

const recoverySchema = z.object({ PointInTimeRecoveryEnabled: z.boolean(), RecoveryPeriodInDays: z.number() })
const throttleSchema = z.object({ ThrottlingRateLimit: z.number(), ThrottlingBurstLimit: z.number() })
const redriveSchema = z.object({ maxReceiveCount: z.number() })
const limitSchema = z.object({ Timeout: z.number() })

/**
 * What the emulator does not take over from a template is set through the public APIs, with the template's own values:
 * what is not in the template is not set, and what is looked at afterwards fails.
 */
export async function applyDroppedProperties({ aws, template, physicalId, outputs }: Deployment): Promise<void> {
  for (const { logicalId, properties } of template.all('AWS::DynamoDB::Table')) {
    const specification = recoverySchema.safeParse(properties['PointInTimeRecoverySpecification'])
    if (!specification.success) continue
    const parameters = {
      TableName: await physicalId(logicalId),
      PointInTimeRecoverySpecification: specification.data,
    }
    await aws.call('dynamodb', 'update_continuous_backups', parameters, z.unknown())
  }
  for (const { properties } of template.all('AWS::ApiGatewayV2::Stage')) {
    const settings = throttleSchema.safeParse(properties['DefaultRouteSettings'])
    if (!settings.success) continue
    const parameters = { ApiId: outputs.apiId, StageName: '$default', DefaultRouteSettings: settings.data }
    await aws.call('apigatewayv2', 'update_stage', parameters, z.unknown())
  }
}

/**
 * The emulator ends a function that exceeds its time limit, by the clock of this machine, which may be busy with anything.
 * Limits below the watchdog's are raised to it.
 */
export async function raiseTimeLimits({ aws, template, physicalId }: Deployment): Promise<void> {
  for (const { logicalId, properties } of template.all('AWS::Lambda::Function')) {
    const limit = limitSchema.safeParse(properties).data?.Timeout ?? 0
    if (limit >= WATCHDOG_MS / 1000) continue
    const parameters = { FunctionName: await physicalId(logicalId), Timeout: WATCHDOG_MS / 1000 }
    await aws.call('lambda', 'update_function_configuration', parameters, z.unknown())
  }
}

/** Asks the deployed resources themselves for what guards data and money. */
export async function checkGuards({ aws, template, physicalId, outputs, queueUrl }: Deployment): Promise<void> {
  const { logicalId, properties: ofTemplate } = template.one('AWS::DynamoDB::Table', 'Storage')
  const tableName = await physicalId(logicalId)
  const { Table: table } = await aws.call(
    'dynamodb',
    'describe_table',
    { TableName: tableName },
    z.object({ Table: z.object({ DeletionProtectionEnabled: z.boolean() }) }),
  )
  expect(table.DeletionProtectionEnabled, 'The table is not guarded against deletion.')
  const { ContinuousBackupsDescription: backups } = await aws.call(
    'dynamodb',
    'describe_continuous_backups',
    { TableName: tableName },
    z.object({
      ContinuousBackupsDescription: z.object({
        PointInTimeRecoveryDescription: z.object({ PointInTimeRecoveryStatus: z.string() }),
      }),
    }),
  )
  const recovery = backups.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus
  expect(recovery === 'ENABLED', `Point-in-time recovery of the table is ${recovery}.`)
  // Of the template: the emulator does not tell for how long.
  const { RecoveryPeriodInDays: days } = recoverySchema.parse(ofTemplate['PointInTimeRecoverySpecification'])
  expect(days === E2E_RECOVERY_DAYS, `The table can be restored for ${days} days, not ${E2E_RECOVERY_DAYS}.`)
  const { Attributes: attributes } = await aws.call(
    'sqs',
    'get_queue_attributes',
    { QueueUrl: queueUrl, AttributeNames: ['All'] },
    z.object({ Attributes: z.object({ RedrivePolicy: z.string(), VisibilityTimeout: z.string() }) }),
  )
  const { maxReceiveCount } = redriveSchema.parse(JSON.parse(attributes.RedrivePolicy))
  const visibility = Number(attributes.VisibilityTimeout) * 1000
  expect(visibility === SYNC_VISIBILITY_MS, `A message is hidden for ${visibility} ms, not ${SYNC_VISIBILITY_MS}.`)
  expect(maxReceiveCount === 3, `The queue gives up after ${maxReceiveCount} tries, not 3.`)
  const { DefaultRouteSettings: settings } = await aws.call(
    'apigatewayv2',
    'get_stage',
    { ApiId: outputs.apiId, StageName: '$default' },
    z.object({ DefaultRouteSettings: throttleSchema }),
  )
  expect(settings.ThrottlingRateLimit > 0, 'The API is not throttled.')
}
