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
  /** The bucket that serves the site. */
  readonly bucket: SiteBucket
  /** The folder whose files, subfolders included, make up the site. */
  readonly folder: string
  /** Texts by file name. They may contain values that are only known during the deployment. */
  readonly texts: Record<string, string>
  /** How long log entries are kept. */
  readonly logRetention: RetentionDays
  /** Encrypts the function's log. Default: AWS's own key. */
  readonly customerKey: CustomerKey | undefined
}

/**
 * Copies the site's files into its bucket on every deployment, and removes them with the stack. CDK's own
 * `BucketDeployment` is not used: it adds a Python function with the AWS command line, which may list and read all of
 * CDK's assets. This function may only read one archive with these files: a permission per file would exceed the size of
 * a policy.
 */
export class SiteDeployment extends Construct {
  constructor(scope: Construct, id: string, props: SiteDeploymentProps) {
    super(scope, id)
    const { bucket, folder, texts, logRetention, customerKey } = props
    const archive = new Asset(this, 'Archive', { path: folder })
    const target = new RollcallFunction(this, 'Function', {
      folder: 'deploy-site',
      description: 'Rollcall, during a deployment: copies the dashboard’s files into their bucket',
      timeout: Duration.minutes(2),
      memoryMb: 512,
      logRetention,
      customerKey,
    })
    target.allow(['s3:GetObject'], [archive.bucket.arnForObjects(archive.s3ObjectKey)])
    target.allow(['s3:PutObject', 's3:DeleteObject'], [bucket.arnForObjects('*')])
    target.allow(['s3:ListBucket'], [bucket.bucketArn])
    // To tag superseded assets, which are copied onto themselves.
    target.allow(
      ['s3:GetObject', 's3:GetObjectTagging', 's3:PutObjectTagging'],
      [bucket.arnForObjects(`${ASSETS_FOLDER}*`)],
    )
    for (const objects of ['*', `${ASSETS_FOLDER}*`]) {
      acknowledgeWildcard(
        target.role ?? target,
        bucket.arnForObjects(objects),
        'Files of earlier versions are removed or tagged, and their names are not known beforehand.',
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
    // The function's permissions must exist before the resource is created and until it is deleted.
    if (target.role !== undefined) resource.node.addDependency(target.role)
  }
}
