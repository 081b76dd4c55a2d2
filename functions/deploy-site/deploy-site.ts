import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import pLimit from 'p-limit'
import type { SiteFiles } from './site-files.ts'

const COPIES_AT_ONCE = 8

/** CloudFront and browsers ask each time whether a file has changed, so a deployment shows at once. */
const CACHE_CONTROL = 'public, max-age=0, must-revalidate'

/** Makes the bucket hold these files and no others. New ones are there before old ones go. */
export async function deploySite(client: S3Client, { bucket, assetBucket, files, texts }: SiteFiles): Promise<void> {
  const limit = pLimit(COPIES_AT_ONCE)
  const copies = files.map(({ name, assetKey, type }) =>
    limit(() =>
      client.send(
        new CopyObjectCommand({
          Bucket: bucket,
          Key: name,
          CopySource: `${assetBucket}/${encodeURIComponent(assetKey)}`,
          MetadataDirective: 'REPLACE',
          TaggingDirective: 'REPLACE',
          ContentType: type,
          CacheControl: CACHE_CONTROL,
        }),
      ),
    ),
  )
  const puts = texts.map(({ name, body, type }) =>
    limit(() =>
      client.send(
        new PutObjectCommand({ Bucket: bucket, Key: name, Body: body, ContentType: type, CacheControl: CACHE_CONTROL }),
      ),
    ),
  )
  await Promise.all([...copies, ...puts])
  await removeFiles(client, bucket, new Set([...files, ...texts].map(({ name }) => name)))
}

/** Removes every file of the bucket but those that are kept. Throws when S3 leaves one. */
export async function removeFiles(client: S3Client, bucket: string, kept: ReadonlySet<string>): Promise<void> {
  for await (const { Contents: objects = [] } of paginateListObjectsV2({ client }, { Bucket: bucket })) {
    const unwanted = objects.flatMap(({ Key }) => (Key === undefined || kept.has(Key) ? [] : [{ Key }]))
    if (unwanted.length === 0) continue
    const { Errors: errors = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: unwanted, Quiet: true } }),
    )
    if (errors.length > 0) throw new Error(`S3 did not remove ${errors.length} files: ${String(errors[0]?.Code)}.`)
  }
}
