import { createServer, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { S3Client } from '@aws-sdk/client-s3'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { strToU8, zipSync } from 'fflate'
import { deploySite, removeSite } from '../../functions/deploy-site/deploy-site.ts'
import type { SiteFiles } from '../../functions/deploy-site/site-files.ts'

interface Written {
  readonly body: string
  readonly cacheControl: unknown
  readonly type: unknown
  readonly tags: string | undefined
}

/** The files of the site's bucket, with their response headers and tags. */
let bucket: Map<string, Written>
/** The archives in CDK's bucket, by key. */
let archives: Map<string, Uint8Array>
/** How often reading an archive is refused before it succeeds. */
let refusals: number
let server: Server
let client: S3Client

/** S3, as far as it is used, with the bucket in the path. */
beforeEach(async () => {
  bucket = new Map()
  archives = new Map()
  refusals = 0
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://s3.example.com')
    text(request)
      .then((body) => {
        response.setHeader('content-type', 'application/xml')
        const [, from, name = ''] = /^\/([^/]*)\/?(.*)$/.exec(decodeURIComponent(url.pathname)) ?? []
        if (from === 'assets') return sendArchive(response, name)
        if (request.method === 'GET') return response.end(url.searchParams.has('tagging') ? tagging(name) : listing())
        if (request.method === 'POST') {
          for (const [, key] of body.matchAll(/<Key>([^<]*)<\/Key>/g)) bucket.delete(String(key))
          return response.end('<DeleteResult/>')
        }
        const { 'cache-control': cacheControl, 'content-type': type, 'x-amz-tagging': tagged } = request.headers
        const tags = tagged?.toString()
        const source = request.headers['x-amz-copy-source']
        const copied = bucket.get(decodeURIComponent(String(source)).replace('files/', ''))?.body
        bucket.set(name, { body: source === undefined ? body : (copied ?? 'nothing'), cacheControl, type, tags })
        return response.end('<CopyObjectResult/>')
      })
      .catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  client = new S3Client({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
})
afterEach(async () => {
  client.destroy()
  await new Promise((resolve) => server.close(resolve))
})

function sendArchive(response: ServerResponse, key: string): unknown {
  if (refusals === 0) return response.end(archives.get(key))
  refusals -= 1
  return response.writeHead(403).end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>')
}

function tagging(name: string): string {
  const [key, value] = (bucket.get(name)?.tags ?? '').split('=')
  const tag = value === undefined ? '' : `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`
  return `<Tagging><TagSet>${tag}</TagSet></Tagging>`
}

function listing(): string {
  const contents = [...bucket.keys()].map((key) => `<Contents><Key>${key}</Key></Contents>`)
  return `<ListBucketResult>${contents.join('')}</ListBucketResult>`
}

/** A version of the site, with its own archive. */
function aSite(files: Readonly<Record<string, string>>): SiteFiles {
  const key = `${Object.keys(files).join('+')}.zip`
  archives.set(key, zipSync(Object.fromEntries(Object.entries(files).map(([name, body]) => [name, strToU8(body)]))))
  return { bucket: 'files', archive: { bucket: 'assets', key }, texts: { 'config.json': '{}' } }
}

const PAGE = { 'docs/index.html': '<p>' }
const bodies = () => Object.fromEntries([...bucket].map(([name, { body }]) => [name, body]))

test('The bucket contains the deployed version’s files, and no pages of older versions', async () => {
  const old = { body: 'old', cacheControl: '', type: '', tags: undefined }
  bucket.set('docs/old.html', old)
  bucket.set('config.json', old)
  await deploySite(client, aSite(PAGE))
  expect(bodies()).toEqual({ 'docs/index.html': '<p>', 'config.json': '{}' })
})

test('Each file is served with its content type, and as bytes when the extension is unknown', async () => {
  const files = { 'index.html': '', 'a.js': '', 'a.css': '', 'a.svg': '', 'a.woff2': '', LICENSE: '' }
  await deploySite(client, aSite(files))
  expect(Object.fromEntries([...bucket].map(([name, { type }]) => [name, type]))).toEqual({
    'index.html': 'text/html; charset=utf-8',
    'a.js': 'text/javascript; charset=utf-8',
    'a.css': 'text/css; charset=utf-8',
    'a.svg': 'image/svg+xml',
    'a.woff2': 'font/woff2',
    LICENSE: 'application/octet-stream',
    'config.json': 'application/json',
  })
})

const OLD = { 'assets/app-1.js': 'one' }
const NEW = { 'assets/app-2.js': 'two' }
const forever = { cacheControl: 'public, max-age=31536000, immutable', type: 'text/javascript; charset=utf-8' }

test('Assets are served as immutable, and everything else must be revalidated', async () => {
  await deploySite(client, aSite({ ...PAGE, ...OLD }))
  expect(bucket.get('assets/app-1.js')).toEqual({ body: 'one', ...forever, tags: undefined })
  const eachTime = 'public, max-age=0, must-revalidate'
  expect(bucket.get('docs/index.html')?.cacheControl).toBe(eachTime)
  expect(bucket.get('config.json')?.cacheControl).toBe(eachTime)
})

test('Assets of the previous version stay available with the same headers and are tagged for the bucket’s lifecycle', async () => {
  await deploySite(client, aSite(OLD))
  await deploySite(client, aSite(NEW))
  expect(bucket.get('assets/app-1.js')).toEqual({ body: 'one', ...forever, tags: 'superseded=true' })
  expect(bucket.get('assets/app-2.js')).toEqual({ body: 'two', ...forever, tags: undefined })
})

test('Assets of earlier versions are not written again, so their lifecycle continues', async () => {
  const superseded = { body: 'one', ...forever, tags: 'superseded=true' }
  bucket.set('assets/app-1.js', superseded)
  await deploySite(client, aSite(NEW))
  await deploySite(client, aSite(PAGE))
  expect(bucket.get('assets/app-1.js')).toBe(superseded)
})

test('An asset that is used again loses its tag', async () => {
  await deploySite(client, aSite(OLD))
  await deploySite(client, aSite(NEW))
  await deploySite(client, aSite(OLD))
  expect(bucket.get('assets/app-1.js')).toEqual({ body: 'one', ...forever, tags: undefined })
})

test('Deploying the same version again changes nothing', async () => {
  const site = aSite({ ...PAGE, ...NEW })
  await deploySite(client, site)
  const before = new Map(bucket)
  await deploySite(client, site)
  expect(bucket).toEqual(before)
})

test('Deleting the stack empties the bucket', async () => {
  await deploySite(client, aSite(OLD))
  await deploySite(client, aSite(PAGE))
  await removeSite(client, 'files')
  expect(bucket.size).toBe(0)
})

test('A permission that has not propagated yet is retried', async () => {
  refusals = 3
  await deploySite(client, aSite(PAGE), { tries: 4, pauseMs: 1 })
  expect(bucket.get('docs/index.html')?.body).toBe('<p>')
})

test('A persistent refusal fails the deployment and keeps the previous version’s files', async () => {
  await deploySite(client, aSite(OLD))
  refusals = 4
  const deployed = deploySite(client, aSite(PAGE), { tries: 4, pauseMs: 1 })
  await expect(deployed).rejects.toMatchObject({ name: 'AccessDenied' })
  expect(bodies()).toEqual({ 'assets/app-1.js': 'one', 'config.json': '{}' })
})
