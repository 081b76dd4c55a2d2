import { setTimeout as pause } from 'node:timers/promises'
import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { unzipSync } from 'fflate'
import pMap from 'p-map'
import { contentTypeOf } from './content-type.ts'
import { ASSETS_FOLDER, type SiteFiles, SUPERSEDED } from './site-files.ts'

const FILES_AT_ONCE = 8
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
 * Each version of the dashboard is an archive with a new name, and the deployment itself grants the permission to read
 * it. IAM changes take some seconds to propagate.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html
 */
const HALF_A_MINUTE: Patience = { tries: 16, pauseMs: 2_000 }

/**
 * Makes the bucket contain the archive's files and the texts. Earlier versions' assets, which open pages may still
 * load, stay and are tagged for the bucket's lifecycle rule. New files are written before old ones are removed. Throws S3
 * errors; access refusals only after the retries.
 */
export async function deploySite(client: S3Client, site: SiteFiles, patience = HALF_A_MINUTE): Promise<void> {
  const { bucket, archive, texts } = site
  const files = new Map<string, Uint8Array | string>([
    ...filesIn(await whenAllowed(patience, () => readArchive(client, archive))),
    ...Object.entries(texts),
  ])
  const concurrently = { concurrency: FILES_AT_ONCE }
  const put = ([name, body]: readonly [string, Uint8Array | string]) =>
    whenAllowed(patience, () => client.send(new PutObjectCommand({ Bucket: bucket, Body: body, ...headersOf(name) })))
  await pMap(files, put, concurrently)
  const { assets = [], pages = [] } = Object.groupBy(
    (await listNames(client, bucket)).filter((name) => !files.has(name)),
    (name) => (isAsset(name) ? 'assets' : 'pages'),
  )
  await pMap(assets, (name) => whenAllowed(patience, () => supersede(client, bucket, name)), concurrently)
  await removeFiles(client, bucket, pages)
}

/** Removes every file. Throws when S3 fails to remove one. */
export async function removeSite(client: S3Client, bucket: string): Promise<void> {
  await removeFiles(client, bucket, await listNames(client, bucket))
}

async function readArchive(client: S3Client, { bucket, key }: SiteFiles['archive']): Promise<Uint8Array> {
  const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  if (body === undefined) throw new Error('S3 returned no archive of the site.')
  return body.transformToByteArray()
}

/** The files of a zip archive, without its folder entries. */
function filesIn(archive: Uint8Array): [name: string, body: Uint8Array][] {
  return Object.entries(unzipSync(archive)).filter(([name]) => !name.endsWith('/'))
}

function isAsset(name: string): boolean {
  return name.startsWith(ASSETS_FOLDER)
}

/** The response headers of a file. */
function headersOf(name: string) {
  return { Key: name, ContentType: contentTypeOf(name), CacheControl: isAsset(name) ? NEVER_CHANGES : ASK_EACH_TIME }
}

/**
 * Tags an asset once for the bucket's lifecycle rule. The rule counts days since the object was written, so the asset is
 * copied onto itself. An asset that is already tagged is not written again, so its days continue.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
async function supersede(client: S3Client, bucket: string, name: string): Promise<void> {
  const { TagSet: tags = [] } = await client.send(new GetObjectTaggingCommand({ Bucket: bucket, Key: name }))
  if (tags.some(({ Key: key }) => key === SUPERSEDED.key)) return
  await client.send(
    new CopyObjectCommand({
      Bucket: bucket,
      CopySource: [bucket, ...name.split('/')].map(encodeURIComponent).join('/'),
      MetadataDirective: 'REPLACE',
      TaggingDirective: 'REPLACE',
      Tagging: `${SUPERSEDED.key}=${SUPERSEDED.value}`,
      ...headersOf(name),
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
