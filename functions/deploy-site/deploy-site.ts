import { setTimeout as pause } from 'node:timers/promises'
import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import pLimit from 'p-limit'
import { ASSETS_FOLDER, type SiteFiles, SUPERSEDED } from './site-files.ts'

const COPIES_AT_ONCE = 8
/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const REMOVED_AT_ONCE = 1_000

/** CloudFront and browsers revalidate each time, so a deployment is visible at once. */
const ASK_EACH_TIME = 'public, max-age=0, must-revalidate'
/** File names contain a digest, so changed content has another name. */
const NEVER_CHANGES = 'public, max-age=31536000, immutable'

/** How often and at which interval refused S3 calls are retried. */
export interface Patience {
  readonly tries: number
  readonly pauseMs: number
}

/**
 * Each version of the dashboard has new file names, and the deployment itself grants the permission to read them. IAM
 * changes take some seconds to propagate.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html
 */
const HALF_A_MINUTE: Patience = { tries: 16, pauseMs: 2_000 }

/**
 * Makes the bucket contain these files and the previous version's assets, which open pages may still load. New files
 * are written before old ones are removed. Throws S3 errors; access refusals only after the retries.
 */
export async function deploySite(
  client: S3Client,
  site: SiteFiles,
  { before, patience = HALF_A_MINUTE }: { readonly before?: SiteFiles | undefined; readonly patience?: Patience } = {},
): Promise<void> {
  const { bucket, assetBucket, files, texts } = site
  const limit = pLimit(COPIES_AT_ONCE)
  const copies = files.map((file) =>
    limit(() => whenAllowed(patience, () => copy(client, bucket, file, { from: `${assetBucket}/${file.assetKey}` }))),
  )
  const puts = texts.map(({ name, body, type }) => {
    const text = { Bucket: bucket, Key: name, Body: body, ContentType: type, CacheControl: cacheControlOf(name) }
    return limit(() => whenAllowed(patience, () => client.send(new PutObjectCommand(text))))
  })
  await Promise.all([...copies, ...puts])
  const current = new Set([...files, ...texts].map(({ name }) => name))
  const names = (await listNames(client, bucket)).filter((name) => !current.has(name))
  const left = new Set(names.filter((name) => isAsset(name)))
  const superseded = (before?.files ?? []).filter(({ name }) => left.has(name))
  await Promise.all(superseded.map((file) => limit(() => whenAllowed(patience, () => supersede(client, bucket, file)))))
  await removeFiles(
    client,
    bucket,
    names.filter((name) => !isAsset(name)),
  )
}

/** Removes every file. Throws when S3 fails to remove one. */
export async function removeSite(client: S3Client, bucket: string): Promise<void> {
  await removeFiles(client, bucket, await listNames(client, bucket))
}

type SiteFile = SiteFiles['files'][number]

function isAsset(name: string): boolean {
  return name.startsWith(ASSETS_FOLDER)
}

function cacheControlOf(name: string): string {
  return isAsset(name) ? NEVER_CHANGES : ASK_EACH_TIME
}

/**
 * Tags an asset for the bucket's lifecycle rule. The rule counts days since the object was written, so the asset is
 * copied onto itself.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
async function supersede(client: S3Client, bucket: string, file: SiteFile): Promise<void> {
  const { key, value } = SUPERSEDED
  await copy(client, bucket, file, { from: `${bucket}/${file.name}`, tagging: `${key}=${value}` })
}

/** Writes an object with its response headers. Existing tags are removed unless `tagging` sets new ones. */
async function copy(
  client: S3Client,
  bucket: string,
  { name, type }: SiteFile,
  { from, tagging }: { readonly from: string; readonly tagging?: string },
): Promise<void> {
  await client.send(
    new CopyObjectCommand({
      Bucket: bucket,
      Key: name,
      CopySource: from.split('/').map(encodeURIComponent).join('/'),
      MetadataDirective: 'REPLACE',
      TaggingDirective: 'REPLACE',
      ...(tagging !== undefined && { Tagging: tagging }),
      ContentType: type,
      CacheControl: cacheControlOf(name),
    }),
  )
}

async function listNames(client: S3Client, bucket: string): Promise<string[]> {
  const names: string[] = []
  for await (const { Contents: objects = [] } of paginateListObjectsV2({ client }, { Bucket: bucket })) {
    names.push(...objects.flatMap(({ Key }) => (Key === undefined ? [] : [Key])))
  }
  return names
}

async function removeFiles(client: S3Client, bucket: string, names: readonly string[]): Promise<void> {
  for (let start = 0; start < names.length; start += REMOVED_AT_ONCE) {
    const Objects = names.slice(start, start + REMOVED_AT_ONCE).map((Key) => ({ Key }))
    const { Errors: errors = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    )
    if (errors.length > 0) throw new Error(`S3 did not remove ${errors.length} files: ${String(errors[0]?.Code)}.`)
  }
}

async function whenAllowed<Result>({ tries, pauseMs }: Patience, work: () => Promise<Result>): Promise<Result> {
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await work()
    } catch (error) {
      const isRefused = error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403
      if (!isRefused || left <= 0) throw error
      await pause(pauseMs)
    }
  }
}
