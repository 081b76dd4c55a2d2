import { ArnFormat, Stack } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { acknowledgeWildcard } from './acknowledge.ts'
import type { CustomerKey } from './customer-key.ts'
import type { RollcallFunction } from './rollcall-function.ts'

export interface AdminKeysProps {
  /** Tags for the secrets. CloudFormation cannot tag them, because the api function creates them. */
  readonly tags: Readonly<Record<string, string>>
  /** Encrypts the secrets. Default: Secrets Manager's own key. */
  readonly customerKey: CustomerKey | undefined
}

/**
 * The Admin keys' secrets in Secrets Manager, named `<prefix>/<integrationId>`. The api function creates them, so the
 * stack contains none of them and removes none.
 */
export class AdminKeys extends Construct {
  /** Contains the stack's name, so two deployments in one account cannot reach each other's keys. */
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
    // Creating a secret with tags needs this permission too.
    target.allow(['secretsmanager:TagResource'], [this.secretsArn], {
      StringEquals: Object.fromEntries(
        Object.entries(this.tags).map(([key, value]) => [`aws:RequestTag/${key}`, value]),
      ),
      'ForAllValues:StringEquals': { 'aws:TagKeys': Object.keys(this.tags) },
    })
  }

  /** Allows reading keys, and nothing else. */
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
      'Secrets are created at run time, one per integration, so only their prefix is known beforehand.',
    )
  }
}
