import { ArnFormat, Stack } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { acknowledgeWildcard } from './acknowledge.ts'
import type { CustomerKey } from './customer-key.ts'
import type { RollcallFunction } from './rollcall-function.ts'

export interface AdminKeysProps {
  /** The secrets carry them too, since CloudFormation cannot give them any. */
  readonly tags: Readonly<Record<string, string>>
  /** Encrypts the secrets; without, Secrets Manager's own key does. */
  readonly customerKey: CustomerKey | undefined
}

/**
 * Where Admin keys are kept: secrets in Secrets Manager named `<prefix>/<integrationId>`. The api function makes them, so
 * the stack holds none of them and does not remove any.
 */
export class AdminKeys extends Construct {
  /** The stack's own, so that two deployments in an account cannot reach each other's keys. */
  readonly prefix: string
  private readonly secretsArn: string
  private readonly tags: Readonly<Record<string, string>>
  private readonly customerKey: CustomerKey | undefined

  constructor(scope: Construct, id: string, { tags, customerKey }: AdminKeysProps) {
    super(scope, id)
    this.tags = tags
    this.customerKey = customerKey
    this.prefix = `${Stack.of(this).stackName}/admin-keys`
    this.secretsArn = Stack.of(this).formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName: `${this.prefix}/*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    })
  }

  /** Creating, replacing and destroying keys, without seeing any. A key gets the stack's tags, and no others. */
  allowWriting(target: RollcallFunction): void {
    this.allow(target, ['secretsmanager:CreateSecret', 'secretsmanager:DeleteSecret', 'secretsmanager:PutSecretValue'])
    target.allowKey(this.customerKey, 'writeSecrets')
    if (this.customerKey !== undefined) target.set('ADMIN_KEY_KMS_KEY', this.customerKey.key.keyArn)
    target.set('ADMIN_KEY_TAGS', JSON.stringify(this.tags))
    if (Object.keys(this.tags).length === 0) return
    // A secret that is created with tags takes this permission too.
    target.allow(['secretsmanager:TagResource'], [this.secretsArn], {
      StringEquals: Object.fromEntries(
        Object.entries(this.tags).map(([key, value]) => [`aws:RequestTag/${key}`, value]),
      ),
      'ForAllValues:StringEquals': { 'aws:TagKeys': Object.keys(this.tags) },
    })
  }

  /** Reading keys, and nothing else. */
  allowReading(target: RollcallFunction): void {
    this.allow(target, ['secretsmanager:GetSecretValue'])
    target.allowKey(this.customerKey, 'readSecrets')
  }

  private allow(target: RollcallFunction, actions: readonly string[]): void {
    target.set('ADMIN_KEY_PREFIX', this.prefix)
    target.allow(actions, [this.secretsArn])
    acknowledgeWildcard(
      target.role ?? target,
      this.secretsArn,
      'Secrets are made while the stack runs, one an integration: only their prefix can be named beforehand.',
    )
  }
}
