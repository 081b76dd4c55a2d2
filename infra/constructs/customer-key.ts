import { Stack } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { type IKey, Key } from 'aws-cdk-lib/aws-kms'
import { Construct } from 'constructs'

/**
 * What a service asks of the key in the caller’s name.
 *
 * - DynamoDB reads and writes: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 * - SQS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * - Secrets Manager: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
const ACTIONS = {
  readItems: { service: 'dynamodb', actions: ['Decrypt', 'DescribeKey'] },
  writeItems: {
    service: 'dynamodb',
    actions: ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'ReEncryptFrom', 'ReEncryptTo'],
  },
  sendMessages: { service: 'sqs', actions: ['Decrypt', 'GenerateDataKey'] },
  receiveMessages: { service: 'sqs', actions: ['Decrypt'] },
  writeSecrets: { service: 'secretsmanager', actions: ['Decrypt', 'GenerateDataKey'] },
  readSecrets: { service: 'secretsmanager', actions: ['Decrypt'] },
} as const

export type KeyUse = keyof typeof ACTIONS

/** A KMS key of the deployer’s. Its policy is theirs to set: docs/deploy.md has what the services need of it. */
export class CustomerKey extends Construct {
  readonly key: IKey

  constructor(scope: Construct, id: string, { arn }: { readonly arn: string }) {
    super(scope, id)
    this.key = Key.fromKeyArn(this, 'Key', arn)
  }

  /** Allows a use of the key through the service that it is for, and in no other way. */
  statement(use: KeyUse): PolicyStatement {
    const { service, actions } = ACTIONS[use]
    const { region, urlSuffix } = Stack.of(this)
    return new PolicyStatement({
      actions: actions.map((action) => `kms:${action}`),
      resources: [this.key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `${service}.${region}.${urlSuffix}` } },
    })
  }
}
