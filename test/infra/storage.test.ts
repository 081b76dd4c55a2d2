import { expect, test } from '@jest/globals'
import { App } from 'aws-cdk-lib'
import { Match, Template } from 'aws-cdk-lib/assertions'
import { RollcallStack } from '../../infra/rollcall-stack.ts'
import { createTableInput } from '../../shared/storage/table.ts'

process.env['CDK_VALIDATION'] = 'false'

test('The stack’s table has the keys of the tests’ table, is recoverable, guarded against deletion and retained', () => {
  const template = Template.fromStack(new RollcallStack(new App(), 'Test'))
  const { KeySchema, AttributeDefinitions } = createTableInput('any')
  template.hasResource('AWS::DynamoDB::Table', {
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: Match.objectLike({
      KeySchema,
      AttributeDefinitions,
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  })
  expect(Object.keys(template.findResources('AWS::DynamoDB::Table'))).toHaveLength(1)
})
