import { Stack } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { type IKey, Key } from 'aws-cdk-lib/aws-kms'
import { Construct } from 'constructs'

/**
 * The KMS actions that each service needs on behalf of the caller.
 *
 * ¦ - DynamoDB reads and writes:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 * - SQS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * - Secrets Manager:
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
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

/**
 * A KMS key that the deployer owns, key policy included. docs/deploy.md lists what the services need in that policy.
 */
export class CustomerKey extends Construct {
  readonly key: IKey

  constructor(scope: Construct, id: string, { arn }: { readonly arn: string }) {
    super(scope, id)
    this.key = Key.fromKeyArn(this, 'Key', arn)
  }

  /** Allows one use of the key, only through the service that needs it. */
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
