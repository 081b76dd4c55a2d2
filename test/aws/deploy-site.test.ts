import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { S3Client } from '@aws-sdk/client-s3'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { deploySite, removeFiles } from '../../functions/deploy-site/deploy-site.ts'

/** The site's bucket: what each file was copied from, or its text. */
let bucket: Map<string, string>
/** How often copies are refused before they are let through. */
let refusals: number
let server: Server
let client: S3Client

/** S3, as far as it is used, with the bucket in the path. */
beforeEach(async () => {
  bucket = new Map()
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
        bucket.set(name, source === undefined ? body : `copy of ${String(source)}`)
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

test('The bucket holds the files of the version that is deployed, and no older ones', async () => {
  bucket.set('assets/old.js', 'old')
  bucket.set('config.json', 'old')
  await deploySite(client, site)
  expect(Object.fromEntries(bucket)).toEqual({ 'docs/index.html': 'copy of assets/abc.html', 'config.json': '{}' })
})

test('A second deployment of the same changes nothing', async () => {
  await deploySite(client, site)
  const before = new Map(bucket)
  await deploySite(client, site)
  expect(bucket).toEqual(before)
})

test('When the stack goes, the bucket is emptied', async () => {
  await deploySite(client, site)
  await removeFiles(client, 'files', new Set())
  expect(bucket.size).toBe(0)
})

test('A permission that does not hold everywhere yet is waited for', async () => {
  refusals = 3
  await deploySite(client, site, { tries: 4, pauseMs: 1 })
  expect(bucket.get('docs/index.html')).toBe('copy of assets/abc.html')
})

test('A refusal that stays one fails the deployment, which leaves the files of the version before', async () => {
  bucket.set('assets/old.js', 'old')
  refusals = 4
  await expect(deploySite(client, site, { tries: 4, pauseMs: 1 })).rejects.toMatchObject({ name: 'AccessDenied' })
  expect(bucket.get('assets/old.js')).toBe('old')
})
