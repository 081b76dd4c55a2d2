import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { S3Client } from '@aws-sdk/client-s3'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { deploySite, removeSite } from '../../functions/deploy-site/deploy-site.ts'

/** The files of the site's bucket: the source of each copy, or the text. */
let bucket: Map<string, string>
/** The response headers and tags of each written file. */
let written: Map<string, { readonly cacheControl: unknown; readonly type: unknown; readonly tags: unknown }>
/** How often copies are refused before they succeed. */
let refusals: number
let server: Server
let client: S3Client

/** S3, as far as it is used, with the bucket in the path. */
beforeEach(async () => {
  bucket = new Map()
  written = new Map()
  refusals = 0
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://s3.example.com')
    const name = decodeURIComponent(url.pathname.replace('/files/', ''))
    text(request)
      .then((body) => {
        response.setHeader('content-type', 'application/xml')
        if (request.method === 'GET') return response.end(listing())
        if (request.method === 'POST') {
          for (const [, key] of body.matchAll(/<Key>([^<]*)<\/Key>/g)) bucket.delete(String(key))
          return response.end('<DeleteResult/>')
        }
        const source = request.headers['x-amz-copy-source']
        if (source !== undefined && refusals > 0) {
          refusals -= 1
          return response.writeHead(403).end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>')
        }
        const { 'cache-control': cacheControl, 'content-type': type, 'x-amz-tagging': tags } = request.headers
        if (source !== undefined) expect(request.headers['x-amz-tagging-directive']).toBe('REPLACE')
        bucket.set(name, source === undefined ? body : `copy of ${String(source)}`)
        written.set(name, { cacheControl, type, tags })
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
  })
})
afterEach(async () => {
  client.destroy()
  await new Promise((resolve) => server.close(resolve))
})

function listing(): string {
  const contents = [...bucket.keys()].map((key) => `<Contents><Key>${key}</Key></Contents>`)
  return `<ListBucketResult>${contents.join('')}</ListBucketResult>`
}

const site = {
  bucket: 'files',
  assetBucket: 'assets',
  files: [{ name: 'docs/index.html', assetKey: 'abc.html', type: 'text/html' }],
  texts: [{ name: 'config.json', body: '{}', type: 'application/json' }],
}

test('The bucket contains the deployed version’s files, and no pages of older versions', async () => {
  bucket.set('docs/old.html', 'old')
  bucket.set('config.json', 'old')
  await deploySite(client, site)
  expect(Object.fromEntries(bucket)).toEqual({ 'docs/index.html': 'copy of assets/abc.html', 'config.json': '{}' })
})

const script = { name: 'assets/app-1.js', assetKey: '1.js', type: 'text/javascript' }
const newScript = { name: 'assets/app-2.js', assetKey: '2.js', type: 'text/javascript' }
const forever = { cacheControl: 'public, max-age=31536000, immutable', type: 'text/javascript', tags: undefined }

test('Assets are served as immutable, and everything else must be revalidated', async () => {
  await deploySite(client, { ...site, files: [...site.files, script] })
  expect(written.get('assets/app-1.js')).toEqual(forever)
  const eachTime = 'public, max-age=0, must-revalidate'
  expect(written.get('docs/index.html')?.cacheControl).toBe(eachTime)
  expect(written.get('config.json')?.cacheControl).toBe(eachTime)
})

test('Assets of the previous version stay available and are tagged for the bucket’s lifecycle from then on', async () => {
  const before = { ...site, files: [script] }
  await deploySite(client, before)
  await deploySite(client, { ...site, files: [newScript] }, { before })
  expect(bucket.get('assets/app-1.js')).toBe('copy of files/assets/app-1.js')
  expect(written.get('assets/app-1.js')).toEqual({ ...forever, tags: 'superseded=true' })
  expect(written.get('assets/app-2.js')).toEqual(forever)
})

test('Assets of earlier versions are not written again, so their lifecycle continues', async () => {
  const before = { ...site, files: [newScript] }
  bucket.set('assets/app-1.js', 'superseded')
  await deploySite(client, before)
  await deploySite(client, site, { before })
  expect(bucket.get('assets/app-1.js')).toBe('superseded')
})

test('An asset that is used again loses its tag', async () => {
  const before = { ...site, files: [script] }
  const after = { ...site, files: [newScript] }
  await deploySite(client, before)
  await deploySite(client, after, { before })
  await deploySite(client, before, { before: after })
  expect(bucket.get('assets/app-1.js')).toBe('copy of assets/1.js')
  expect(written.get('assets/app-1.js')).toEqual(forever)
})

test('Rolling back a deployment whose assets were never written changes no other assets', async () => {
  await deploySite(client, site, { before: { ...site, files: [newScript] } })
  expect([...bucket.keys()]).toEqual(['docs/index.html', 'config.json'])
})

test('Deploying the same version again changes nothing', async () => {
  await deploySite(client, site)
  const before = new Map(bucket)
  await deploySite(client, site)
  expect(bucket).toEqual(before)
})

test('Deleting the stack empties the bucket', async () => {
  await deploySite(client, site)
  bucket.set('assets/old.js', 'superseded')
  await removeSite(client, 'files')
  expect(bucket.size).toBe(0)
})

test('A permission that has not propagated yet is retried', async () => {
  refusals = 3
  await deploySite(client, site, { patience: { tries: 4, pauseMs: 1 } })
  expect(bucket.get('docs/index.html')).toBe('copy of assets/abc.html')
})

test('A persistent refusal fails the deployment and keeps the previous version’s files', async () => {
  bucket.set('docs/old.html', 'old')
  refusals = 4
  const patience = { tries: 4, pauseMs: 1 }
  await expect(deploySite(client, site, { patience })).rejects.toMatchObject({ name: 'AccessDenied' })
  expect(bucket.get('docs/old.html')).toBe('old')
})
