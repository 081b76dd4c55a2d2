import { readdirSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { CustomResource, Duration } from 'aws-cdk-lib'
import type { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Asset } from 'aws-cdk-lib/aws-s3-assets'
import { Construct } from 'constructs'
import { ASSETS_FOLDER, type SiteFiles } from '../../../functions/deploy-site/site-files.ts'
import { acknowledgeWildcard } from '../acknowledge.ts'
import type { CustomerKey } from '../customer-key.ts'
import { RollcallFunction } from '../rollcall-function.ts'
import type { SiteBucket } from './site-bucket.ts'

/** The content type of each file extension. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.ico', 'image/x-icon'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json'],
  ['.map', 'application/json'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.webmanifest', 'application/manifest+json'],
  ['.woff2', 'font/woff2'],
])

export interface SiteDeploymentProps {
  /** The bucket that serves the site. */
  readonly bucket: SiteBucket
  /** Folders whose files, subfolders included, make up the site. */
  readonly folders: readonly string[]
  /** Texts by file name. They may contain values that are only known during the deployment. */
  readonly texts: Readonly<Record<string, string>>
  /** How long log entries are kept. */
  readonly logRetention: RetentionDays
  /** Encrypts the function's log. Default: AWS's own key. */
  readonly customerKey: CustomerKey | undefined
}

/**
 * Copies the site's files into its bucket on every deployment, and removes them with the stack. CDK's own
 * `BucketDeployment` is not used: it adds a Python function with the AWS command line, which may list and read all of
 * CDK's assets. This function may only read these files.
 */
export class SiteDeployment extends Construct {
  constructor(scope: Construct, id: string, props: SiteDeploymentProps) {
    super(scope, id)
    const { bucket, folders, texts, logRetention, customerKey } = props
    const files = folders.flatMap((folder) =>
      namesIn(folder).map((name) => ({ name, asset: new Asset(this, name, { path: join(folder, name) }) })),
    )
    const target = new RollcallFunction(this, 'Function', {
      folder: 'deploy-site',
      description: 'Rollcall, during a deployment: copies the dashboard’s files into their bucket',
      timeout: Duration.minutes(2),
      memoryMb: 512,
      logRetention,
      customerKey,
    })
    target.allow(
      ['s3:GetObject'],
      files.map(({ asset }) => asset.bucket.arnForObjects(asset.s3ObjectKey)),
    )
    target.allow(['s3:PutObject', 's3:DeleteObject'], [bucket.arnForObjects('*')])
    target.allow(['s3:ListBucket'], [bucket.bucketArn])
    // To tag superseded assets, which are copied onto themselves.
    target.allow(['s3:GetObject', 's3:PutObjectTagging'], [bucket.arnForObjects(`${ASSETS_FOLDER}*`)])
    for (const objects of ['*', `${ASSETS_FOLDER}*`]) {
      acknowledgeWildcard(
        target.role ?? target,
        bucket.arnForObjects(objects),
        'Files of earlier versions are removed or tagged, and their names are not known beforehand.',
      )
    }
    const properties: SiteFiles = {
      bucket: bucket.bucketName,
      assetBucket: files[0]?.asset.s3BucketName ?? '',
      files: files.map(({ name, asset }) => ({ name, assetKey: asset.s3ObjectKey, type: typeOf(name) })),
      texts: Object.entries(texts).map(([name, body]) => ({ name, body, type: typeOf(name) })),
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

function namesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted()
}

function typeOf(name: string): string {
  return TYPES.get(extname(name)) ?? 'application/octet-stream'
}
