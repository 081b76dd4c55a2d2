import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { ASSETS_FOLDER, SUPERSEDED } from '../../../functions/deploy-site/site-files.ts'
import { acknowledge } from '../acknowledge.ts'

/** How long a page that is open still gets its parts after another version was deployed. */
const KEPT_FOR = Duration.days(30)

/** The site's files, read by CloudFront alone. The deployment tags assets of former versions, which S3 then removes. */
export class SiteBucket extends Bucket {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      lifecycleRules: [
        {
          id: 'superseded-assets',
          prefix: ASSETS_FOLDER,
          tagFilters: { [SUPERSEDED.key]: SUPERSEDED.value },
          expiration: KEPT_FOR,
        },
      ],
      // The files come from the repository; the deployment takes them out again when the stack goes.
      removalPolicy: RemovalPolicy.DESTROY,
    })
    acknowledge(this, 'S1', 'It holds the dashboard’s files, which are public; only CloudFront reads it.')
  }

  /** CDK's `Bucket` does not fit its own `IBucket` under `exactOptionalPropertyTypes`: this getter may give undefined there. */
  override get isWebsite(): boolean {
    return false
  }
}
