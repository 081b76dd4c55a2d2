import { RemovalPolicy, SecretValue } from 'aws-cdk-lib'
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'
import { ORIGIN_SECRET_HEADER } from '../../../shared/aws/origin-secret-header.ts'
import { acknowledge } from '../acknowledge.ts'
import type { CustomerKey } from '../customer-key.ts'
import type { RollcallFunction } from '../rollcall-function.ts'

export interface OriginSecretProps {
  /** The version of the secret that CloudFront sends, after a rotation. Default: the generated version. */
  readonly version: string | undefined
  /** Encrypts the secret. Default: Secrets Manager's own key. */
  readonly customerKey: CustomerKey | undefined
}

/**
 * A generated secret that CloudFront sends with each call, so the api function can recognize calls that passed through
 * CloudFront. Neither template nor outputs contain it: CloudFormation resolves the reference when it writes the
 * distribution's configuration, which only authorized people can read.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html
 */
export class OriginSecret extends Construct {
  /** The custom headers of the API's origin. */
  readonly headers: Readonly<Record<string, string>>
  private readonly arn: string
  private readonly customerKey: CustomerKey | undefined

  constructor(scope: Construct, id: string, { version, customerKey }: OriginSecretProps) {
    super(scope, id)
    this.customerKey = customerKey
    const secret = new Secret(this, 'Secret', {
      description: 'Rollcall: proves that a call came through CloudFront',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
      ...(customerKey !== undefined && { encryptionKey: customerKey.key }),
    })
    this.arn = secret.secretArn
    // CloudFormation notices a new version only when the reference itself changes.
    // https://repost.aws/knowledge-center/cloudformation-stack-update-secrets
    const value = SecretValue.secretsManager(this.arn, version === undefined ? {} : { versionId: version })
    this.headers = { [ORIGIN_SECRET_HEADER]: value.unsafeUnwrap() }
    acknowledge(
      secret,
      'SMG4',
      'CloudFront only gets a new value with a deployment; docs/deploy.md describes the rotation.',
    )
  }

  /**
   * Makes the api function refuse calls without the secret. It depends on the distribution, so CloudFront already sends
   * the secret everywhere by then.
   */
  requireBy(target: RollcallFunction, distribution: Distribution): void {
    target.set('ORIGIN_SECRET_ARN', this.arn)
    target.allow(['secretsmanager:GetSecretValue'], [this.arn])
    target.allowKey(this.customerKey, 'readSecrets')
    target.node.addDependency(distribution)
  }
}
