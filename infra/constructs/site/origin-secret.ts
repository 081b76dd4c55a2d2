import { RemovalPolicy, SecretValue } from 'aws-cdk-lib'
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'
import { ORIGIN_SECRET_HEADER } from '../../../shared/aws/origin-secret-header.ts'
import { acknowledge } from '../acknowledge.ts'
import type { CustomerKey } from '../customer-key.ts'
import type { RollcallFunction } from '../rollcall-function.ts'

export interface OriginSecretProps {
  /** The version that CloudFront sends, after a rotation; the generated one unless set. */
  readonly version: string | undefined
  readonly customerKey: CustomerKey | undefined
}

/**
 * A generated secret that CloudFront sends along with each call, so that the api can tell what came through it. Neither
 * template nor outputs hold it: CloudFormation resolves the reference as it writes the distribution's configuration, where
 * only people who may read that can see it.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html
 */
export class OriginSecret extends Construct {
  /** For the origin that is the API. */
  readonly headers: Readonly<Record<string, string>>
  private readonly arn: string
  private readonly customerKey: CustomerKey | undefined

  constructor(scope: Construct, id: string, { version, customerKey }: OriginSecretProps) {
    super(scope, id)
    this.customerKey = customerKey
    const secret = new Secret(this, 'Secret', {
      description: 'Rollcall: sent by CloudFront to the API, which answers nobody else',
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
      'CloudFront learns a new value by a deployment only; docs/deploy.md says how to rotate it.',
    )
  }

  /** Makes the api function refuse what comes without the secret, from when this distribution sends it everywhere. */
  requireBy(target: RollcallFunction, distribution: Distribution): void {
    target.set('ORIGIN_SECRET_ARN', this.arn)
    target.allow(['secretsmanager:GetSecretValue'], [this.arn])
    target.allowKey(this.customerKey, 'readSecrets')
    target.node.addDependency(distribution)
  }
}
