import { ArnFormat, Stack } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { acknowledgeWildcard } from './acknowledge.ts'
import type { RollcallFunction } from './rollcall-function.ts'

/**
 * Where Admin keys are kept: secrets in Secrets Manager named `<prefix>/<integrationId>`. The api function makes them, so
 * the stack holds none of them and does not remove any.
 */
export class AdminKeys extends Construct {
  /** The stack's own, so that two deployments in an account cannot reach each other's keys. */
  readonly prefix: string
  private readonly secretsArn: string

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.prefix = `${Stack.of(this).stackName}/admin-keys`
    this.secretsArn = Stack.of(this).formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName: `${this.prefix}/*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    })
  }

  /** Creating, replacing and destroying keys, without seeing any. */
  allowWriting(target: RollcallFunction): void {
    this.allow(target, ['secretsmanager:CreateSecret', 'secretsmanager:DeleteSecret', 'secretsmanager:PutSecretValue'])
  }

  /** Reading keys, and nothing else. */
  allowReading(target: RollcallFunction): void {
    this.allow(target, ['secretsmanager:GetSecretValue'])
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
