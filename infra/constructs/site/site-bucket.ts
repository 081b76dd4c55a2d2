import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { ASSETS_FOLDER, SUPERSEDED } from '../../../functions/deploy-site/site-files.ts'
import { acknowledge } from '../acknowledge.ts'

/** How long an open page can still load its assets after another version was deployed. */
const KEPT_FOR = Duration.days(30)

/**
 * The site's files, readable by CloudFront only. A deployment tags the assets of earlier versions, and S3 then expires
 * them.
 */
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
      // The files come from the repository. The deployment empties the bucket when the stack is deleted.
      removalPolicy: RemovalPolicy.DESTROY,
    })
    acknowledge(this, 'S1', 'It holds the dashboard’s files, which are public; only CloudFront reads it.')
  }

  /**
   * CDK's `Bucket` does not satisfy its own `IBucket` under `exactOptionalPropertyTypes`, where this getter may return
   * undefined.
   */
  override get isWebsite(): boolean {
    return false
  }
}
