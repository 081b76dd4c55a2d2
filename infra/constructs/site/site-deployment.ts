import { CustomResource, Duration } from 'aws-cdk-lib'
import type { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Asset } from 'aws-cdk-lib/aws-s3-assets'
import { Construct } from 'constructs'
import { ASSETS_FOLDER, type SiteFiles } from '../../../functions/deploy-site/site-files.ts'
import { acknowledgeWildcard } from '../acknowledge.ts'
import type { CustomerKey } from '../customer-key.ts'
import { RollcallFunction } from '../rollcall-function.ts'
import type { SiteBucket } from './site-bucket.ts'

export interface SiteDeploymentProps {
  readonly bucket: SiteBucket
  /** The folder whose files, sub-folders included, make the site. */
  readonly folder: string
  /** Texts by file name, which may hold what is known only while deploying. */
  readonly texts: Record<string, string>
  readonly logRetention: RetentionDays
  readonly customerKey: CustomerKey | undefined
}

/**
 * Puts the site's files into its bucket with every deployment, and takes them out with the stack. Not CDK's own
 * `BucketDeployment`: that one brings a function in Python with the AWS command line, which may list and read all of CDK's
 * assets. This one may read one archive with these files only: a permission for each file would be more than a policy may hold.
 */
export class SiteDeployment extends Construct {
  constructor(scope: Construct, id: string, props: SiteDeploymentProps) {
    super(scope, id)
    const { bucket, folder, texts, logRetention, customerKey } = props
    const archive = new Asset(this, 'Archive', { path: folder })
    const target = new RollcallFunction(this, 'Function', {
      folder: 'deploy-site',
      description: 'Rollcall, while it is deployed: puts the dashboard’s files into their bucket',
      timeout: Duration.minutes(2),
      memoryMb: 512,
      logRetention,
      customerKey,
    })
    target.allow(['s3:GetObject'], [archive.bucket.arnForObjects(archive.s3ObjectKey)])
    target.allow(['s3:PutObject', 's3:DeleteObject'], [bucket.arnForObjects('*')])
    target.allow(['s3:ListBucket'], [bucket.bucketArn])
    // To tag what a new version supersedes, as a copy of itself.
    target.allow(
      ['s3:GetObject', 's3:GetObjectTagging', 's3:PutObjectTagging'],
      [bucket.arnForObjects(`${ASSETS_FOLDER}*`)],
    )
    for (const objects of ['*', `${ASSETS_FOLDER}*`]) {
      acknowledgeWildcard(
        target.role ?? target,
        bucket.arnForObjects(objects),
        'Files that a new version does not have are removed or tagged: their names are not known beforehand.',
      )
    }
    const properties: SiteFiles = {
      bucket: bucket.bucketName,
      archive: { bucket: archive.s3BucketName, key: archive.s3ObjectKey },
      texts,
    }
    const resource = new CustomResource(this, 'Files', {
      resourceType: 'Custom::RollcallSite',
      serviceToken: target.functionArn,
      serviceTimeout: Duration.minutes(5),
      properties,
    })
    // Its permissions must be there before it runs, and outlive it.
    if (target.role !== undefined) resource.node.addDependency(target.role)
  }
}
