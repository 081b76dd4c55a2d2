import { request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { principalOf } from '../../functions/api/http/caller.ts'
import { LOCAL_EMAIL_CLAIM, LOCAL_ROLES } from '../../local/http/http-event.ts'
import type { DashboardFile } from '../../local/http/dashboard-files.ts'
import { startHttpServer } from '../../local/http/http-server.ts'

const TOKEN = 'a-token-of-ours'
const logger = { info() {}, warn() {}, error() {} }

let events: APIGatewayProxyEventV2[]
let open: { url: string; close(): Promise<void> }
let guarded: { url: string; close(): Promise<void> }

beforeEach(async () => {
  events = []
  const answer = async (event: APIGatewayProxyEventV2) => {
    events.push(event)
    return { statusCode: 201, headers: { 'x-own': 'yes' }, isBase64Encoded: true, body: btoa('answered') }
  }
  open = await startHttpServer({ port: 0, tokens: undefined, answer, logger })
  guarded = await startHttpServer({ port: 0, tokens: [{ token: TOKEN, role: 'admin' }], answer, logger })
})
afterEach(() => Promise.all([open.close(), guarded.close()]))

/** Sends path and headers as they are: fetch would tidy them. */
function send(
  url: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const sent = request({ hostname, port, path, headers }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += String(chunk)))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

test('A request reaches the function in API Gateway’s format, and its answer is returned', async () => {
  const answer = await fetch(`${open.url}/v1/a%2Fb?q=x%20y&q=%3F?`, { method: 'POST', body: '{"name":"Ünal"}' })
  expect(answer.status).toBe(201)
  expect(answer.headers.get('x-own')).toBe('yes')
  expect(await answer.text()).toBe('answered')
  expect(events).toMatchObject([
    {
      version: '2.0',
      rawPath: '/v1/a%2Fb',
      rawQueryString: 'q=x%20y&q=%3F?',
      body: '{"name":"Ünal"}',
      requestContext: { http: { method: 'POST', path: '/v1/a%2Fb' } },
    },
  ])
})

test.each(['evil.example', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example'])(
  'A request for the host “%s” is refused as a problem',
  async (host) => {
    const { status, text } = await send(open.url, '/v1/health', { host })
    expect(status).toBe(403)
    expect(JSON.parse(text)).toMatchObject({ status: 403, code: 'forbidden' })
    expect(events).toEqual([])
  },
)

test.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://127.0.0.1'])(
  'A page of the origin “%s” is refused',
  async (origin) => {
    expect((await send(open.url, '/v1/health', { origin })).status).toBe(403)
    expect(events).toEqual([])
  },
)

test('A host and an origin that only begin like its own are refused', async () => {
  const { port } = new URL(open.url)
  for (const other of [`127.0.0.1:${port}1`, `localhost:${port}0`, `localhost:${port}.evil.example`]) {
    expect((await send(open.url, '/v1/health', { host: other })).status).toBe(403)
    expect((await send(open.url, '/v1/health', { origin: `http://${other}` })).status).toBe(403)
  }
  expect(events).toEqual([])
})

test('Its own host names and its own origin are accepted', async () => {
  const { port } = new URL(open.url)
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
    expect((await send(open.url, '/v1/health', { host, origin: `http://localhost:${port}` })).status).toBe(201)
  }
})

test('With a token every call needs it, including the page and the health check', async () => {
  for (const path of ['/', '/docs/', '/v1/health', '/v1/openapi.json', '/v1/integrations']) {
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: TOKEN }]) {
      const { status, text } = await send(guarded.url, path, headers)
      expect(status).toBe(401)
      expect(JSON.parse(text)).toMatchObject({ status: 401, code: 'unauthorized' })
    }
  }
  expect(events).toEqual([])
  expect((await send(guarded.url, '/v1/health', { authorization: `Bearer ${TOKEN}` })).status).toBe(201)
  expect((await send(guarded.url, '/docs/', { authorization: `bearer ${TOKEN}` })).status).toBe(200)
})

function aPage(): DashboardFile {
  const body = Buffer.from('<title>Rollcall</title>')
  return { headers: { 'content-type': 'text/html; charset=utf-8' }, body, gzipped: gzipSync(body) }
}

test('The dashboard’s files are compressed for browsers that accept it', async () => {
  const dashboard = { find: aPage, notFoundPage: undefined }
  const served = await startHttpServer({ port: 0, tokens: undefined, answer: async () => ({}), logger, dashboard })
  // fetch unpacks what is compressed.
  const compressed = await fetch(served.url, { headers: { 'accept-encoding': 'br, gzip' } })
  expect([compressed.headers.get('content-encoding'), await compressed.text()]).toEqual([
    'gzip',
    '<title>Rollcall</title>',
  ])
  const plain = await fetch(served.url, { headers: { 'accept-encoding': 'identity' } })
  expect([plain.headers.get('content-encoding'), await plain.text()]).toEqual([null, '<title>Rollcall</title>'])
  expect(plain.headers.get('vary')).toBe('accept-encoding')
  await served.close()
})

test('The dashboard’s files need no token, but their API calls do', async () => {
  const page = aPage()
  const dashboard = { find: (path: string) => (path === '/' ? page : undefined), notFoundPage: undefined }
  const tokens = [{ token: TOKEN, role: 'admin' }] as const
  const served = await startHttpServer({ port: 0, tokens, answer: async () => ({}), logger, dashboard })
  expect(await send(served.url, '/')).toEqual({ status: 200, text: '<title>Rollcall</title>' })
  expect((await send(served.url, '/', { host: 'evil.example' })).status).toBe(403)
  expect((await send(served.url, '/v1/health')).status).toBe(401)
  expect((await fetch(served.url, { method: 'POST' })).status).toBe(401)
  await served.close()
})

test('For an unknown address a browser gets the dashboard’s not-found page; programs and the API get JSON', async () => {
  const page = aPage()
  const answer = async () => ({ statusCode: 404, body: '{}' })
  const dashboard = { find: () => undefined, notFoundPage: page }
  const served = await startHttpServer({ port: 0, tokens: undefined, answer, logger, dashboard })
  const accept = 'text/html,application/xhtml+xml,*/*;q=0.8'
  const shown = { status: 404, text: '<title>Rollcall</title>' }
  for (const path of ['/nope', '/nope.png', '/connect/else?x=1']) {
    expect(await send(served.url, path, { accept })).toEqual(shown)
    expect(await send(served.url, path, { accept: 'application/json' })).toEqual({ status: 404, text: '{}' })
  }
  for (const path of ['/v1', '/v1/nope']) expect((await send(served.url, path, { accept })).text).toBe('{}')
  expect((await send(served.url, '/docs/nope', { accept })).text).toBe('Not found\n')
  await served.close()
})

test('A body of more than 64 KB is refused as the function would, and one of 64 KB is passed on', async () => {
  const post = (bytes: number) => fetch(`${open.url}/v1/x`, { method: 'POST', body: 'x'.repeat(bytes) })
  expect((await post(64 * 1024)).status).toBe(201)
  const refused = await post(64 * 1024 + 1)
  expect(refused.status).toBe(400)
  expect(refused.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(await refused.json()).toMatchObject({ code: 'validation_failed', errors: [{ field: 'body' }] })
})

test('A binary body is passed on unchanged', async () => {
  await fetch(`${open.url}/v1/x`, { method: 'POST', body: new Uint8Array([0x22, 0xff, 0xfe, 0x22]) })
  expect(events).toMatchObject([
    { isBase64Encoded: true, body: Buffer.from([0x22, 0xff, 0xfe, 0x22]).toString('base64') },
  ])
})

test('Each token determines the role; without tokens every caller is an admin', async () => {
  const answer = async (event: APIGatewayProxyEventV2) => {
    events.push(event)
    return { statusCode: 200 }
  }
  const tokens = [
    { token: 'reads', role: 'viewer' },
    { token: 'writes', role: 'admin' },
  ] as const
  const both = await startHttpServer({ port: 0, tokens, answer, logger })
  await send(both.url, '/v1/me', { authorization: 'Bearer reads' })
  await send(both.url, '/v1/me', { authorization: 'Bearer writes' })
  await send(open.url, '/v1/me')
  await both.close()
  const principals = events.map((event) => principalOf(event, LOCAL_ROLES, LOCAL_EMAIL_CLAIM))
  expect(principals.map(({ role }) => role)).toEqual(['viewer', 'admin', 'admin'])
  // Nobody has an address on this machine: the name of the role stands for it.
  expect(principals.map(({ email }) => email)).toEqual(['viewer', 'admin', 'admin'])
})

test.each([
  '/docs/../package.json',
  '/docs/..%2f..%2fpackage.json',
  '/docs/%2e%2e/package.json',
  '/docs//etc/passwd',
  '/docs/package.json',
])('No path reaches files outside the page: %s', async (path) => {
  expect((await send(open.url, path)).status).toBe(404)
})

test('The page has no inline scripts, and its files exist', async () => {
  const page = await fetch(`${open.url}/`)
  expect(page.url).toBe(`${open.url}/docs/`)
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("script-src 'self';")
  const html = await page.text()
  expect(html).not.toMatch(/<script(?! src=)/)
  const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file)
  expect(files).toHaveLength(4)
  for (const file of files) expect((await fetch(`${open.url}/docs/${file}`)).status).toBe(200)
})
