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
import type { SiteFiles } from './site-files.ts'

const COPIES_AT_ONCE = 8

/** CloudFront and browsers ask each time whether a file has changed, so a deployment shows at once. */
const CACHE_CONTROL = 'public, max-age=0, must-revalidate'

/** For how long what S3 refuses is tried again. */
export interface Patience {
  readonly tries: number
  readonly pauseMs: number
}

/**
 * Each version of the dashboard has files of other names, and the same deployment gives the permission to read them: it takes
 * some seconds to hold everywhere. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html
 */
const HALF_A_MINUTE: Patience = { tries: 16, pauseMs: 2_000 }

/**
 * Makes the bucket hold these files and no others. New ones are there before old ones go. Throws what S3 answers; a refusal
 * only when it stays one.
 */
export async function deploySite(client: S3Client, site: SiteFiles, patience = HALF_A_MINUTE): Promise<void> {
  const { bucket, assetBucket, files, texts } = site
  const limit = pLimit(COPIES_AT_ONCE)
  const copies = files.map(({ name, assetKey, type }) =>
    limit(() =>
      whenAllowed(patience, () =>
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
    ),
  )
  const puts = texts.map(({ name, body, type }) => {
    const file = { Bucket: bucket, Key: name, Body: body, ContentType: type, CacheControl: CACHE_CONTROL }
    return limit(() => whenAllowed(patience, () => client.send(new PutObjectCommand(file))))
  })
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
