import { expect, test } from '@jest/globals'
import { Match } from 'aws-cdk-lib/assertions'
import { createTableInput } from '../../shared/storage/table.ts'
import { synthesize } from './synthesize.ts'

test('The stack’s table has the keys of the tests’ table, is recoverable, guarded against deletion and retained', () => {
  const template = synthesize({ removalPolicy: 'retain' })
  const { KeySchema, AttributeDefinitions } = createTableInput('any')
  template.hasResource('AWS::DynamoDB::Table', {
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: Match.objectLike({
      KeySchema,
      AttributeDefinitions,
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
    }),
  })
  expect(Object.keys(template.findResources('AWS::DynamoDB::Table'))).toHaveLength(1)
})

test('A stage that may be destroyed leaves neither table nor user pool behind, and both can be recovered meanwhile', () => {
  const template = synthesize({ removalPolicy: 'destroy' })
  template.hasResource('AWS::DynamoDB::Table', {
    DeletionPolicy: 'Delete',
    Properties: Match.objectLike({
      DeletionProtectionEnabled: false,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  })
  template.hasResource('AWS::Cognito::UserPool', { DeletionPolicy: 'Delete' })
})
