import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { RequestTooLargeError } from '../../functions/api/http/api-errors.ts'
import { problemOf } from '../../functions/api/http/problem-response.ts'
import { MAX_BODY_BYTES, MAX_CSV_BODY_BYTES } from '../../shared/contracts/operation.ts'
import type { Logger } from '../../shared/ports/logger.ts'
import { claimsOf, type Refusal, refusalOf } from './access.ts'
import type { DashboardFile, DashboardFiles } from './dashboard-files.ts'
import { findDocsFile } from '../../infra/site/docs-page.ts'
import { toHttpEvent, withBody } from './http-event.ts'
import type { AccessToken } from '../settings/settings.ts'
import { ConcurrencyLimiter, isUpload } from './concurrency-limiter.ts'

/** Longer than any valid parameter, so the function can report which one is too long. */
const HEADER_BYTES_AT_MOST = 64 * 1024
/** The time limit for receiving a request, and for a pause while an answer is being sent. */
const TRANSFER_TIMEOUT_MS = 30_000
const LOOKS_A_TIMEOUT = 5
/** Node's default of 5 s passes while a busy process computes, and then the request of a client that kept its connection is lost. */
const IDLE_MS = 65_000
/** More than browsers and scripts open, and few enough to hold one body each in memory. */
const CONNECTIONS_AT_MOST = 1_000

export type AnswerEvent = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>

const NO_TOKEN: Refusal = { code: 'unauthorized', detail: 'Send a token that is valid here: Authorization: Bearer …' }
const BODY_TOO_LARGE: Refusal = {
  code: 'validation_failed',
  detail: `body: must have at most ${MAX_BODY_BYTES} bytes`,
  errors: [{ field: 'body', message: `must have at most ${MAX_BODY_BYTES} bytes` }],
}

const { code, message } = new RequestTooLargeError(MAX_CSV_BODY_BYTES, 'sent')
const FILE_TOO_LARGE: Refusal = { code, detail: message }

/**
 * The HTTP server of one machine, on loopback only: the dashboard, the api function under `/v1`, and its description
 * under `/docs/`.
 */
export async function startHttpServer(options: {
  readonly port: number
  readonly tokens: readonly AccessToken[] | undefined
  readonly answer: AnswerEvent
  readonly logger: Logger
  readonly dashboard?: DashboardFiles
  readonly transferTimeoutMs?: number
}): Promise<{ url: string; close(): Promise<void> }> {
  const { transferTimeoutMs = TRANSFER_TIMEOUT_MS } = options
  const limits = {
    maxHeaderSize: HEADER_BYTES_AT_MOST,
    headersTimeout: transferTimeoutMs,
    requestTimeout: transferTimeoutMs,
    connectionsCheckingInterval: transferTimeoutMs / LOOKS_A_TIMEOUT,
    keepAliveTimeout: IDLE_MS,
  }
  const served = { ...options, transferTimeoutMs, limiter: new ConcurrencyLimiter() }
  const server = createServer(limits, (request, response) => {
    serve(request, response, served).catch((error: unknown) => {
      options.logger.error('A request could not be answered.', error)
      response.destroy()
    })
  })
  server.maxConnections = CONNECTIONS_AT_MOST
  server.listen(options.port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

interface Served {
  readonly tokens: readonly AccessToken[] | undefined
  readonly answer: AnswerEvent
  readonly dashboard?: DashboardFiles
  readonly transferTimeoutMs: number
  readonly limiter: ConcurrencyLimiter
}

async function serve(request: IncomingMessage, response: ServerResponse, options: Served): Promise<void> {
  const refusal = refusalOf(request)
  if (refusal !== undefined) return refuse(response, refusal)
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  // The dashboard's files contain no data, so they need no token; the dashboard asks for it.
  const page = request.method === 'GET' || request.method === 'HEAD' ? options.dashboard?.find(path) : undefined
  if (page !== undefined) return servePage(request, response, { status: 200, page })
  const notFoundPage = isNavigation(request, path) ? options.dashboard?.notFoundPage : undefined
  if (notFoundPage !== undefined) return servePage(request, response, { status: 404, page: notFoundPage })
  const claims = claimsOf(request, options.tokens)
  if (claims === undefined) return refuse(response, NO_TOKEN)
  if (path === '/' || path === '/docs') {
    response.writeHead(302, { location: '/docs/' }).end()
    return
  }
  if (path.startsWith('/docs/')) return serveDocs(path.slice('/docs/'.length), response)
  const event = toHttpEvent(request, claims)
  // Files are only received when it is their turn, so few are in memory.
  const early = isUpload(event) ? undefined : await readBody(request, MAX_BODY_BYTES)
  if (early === 'too large') return refuse(response, BODY_TOO_LARGE)
  await options.limiter.take(event, async () => {
    // The client disconnected while waiting, so the call is not run.
    if (response.destroyed) return
    const body = early ?? (await readBody(request, MAX_CSV_BODY_BYTES))
    if (body === 'too large') return refuse(response, FILE_TOO_LARGE)
    await sendResult(response, await options.answer(withBody(event, body)), options.transferTimeoutMs)
  })
}

/** Resolves when the answer has left this process, so answers that clients do not read cannot pile up. */
async function sendResult(
  response: ServerResponse,
  result: APIGatewayProxyStructuredResultV2,
  timeoutMs: number,
): Promise<void> {
  if (response.destroyed) return
  for (const [name, value] of Object.entries(result.headers ?? {})) response.setHeader(name, String(value))
  response.writeHead(result.statusCode ?? 200)
  // Node closes a connection without traffic after this time.
  response.setTimeout(timeoutMs)
  const gone = new Promise((resolve) => response.once('finish', resolve).once('close', resolve))
  response.end(Buffer.from(result.body ?? '', result.isBase64Encoded === true ? 'base64' : 'utf8'))
  await gone
}

function servePage(
  { headers }: IncomingMessage,
  response: ServerResponse,
  { status, page }: { readonly status: number; readonly page: DashboardFile },
): void {
  const takesGzip = /\bgzip\b/.test(headers['accept-encoding'] ?? '')
  response.writeHead(status, {
    ...page.headers,
    vary: 'accept-encoding',
    ...(takesGzip && { 'content-encoding': 'gzip' }),
  })
  response.end(takesGzip ? page.gzipped : page.body)
}

/** True for a page navigation outside the API and its description. */
function isNavigation({ method, headers }: IncomingMessage, path: string): boolean {
  return method === 'GET' && !/^\/(v1|docs)(\/|$)/.test(path) && headers.accept?.includes('text/html') === true
}

function refuse(response: ServerResponse, { code, detail, errors }: Refusal): void {
  const problem = problemOf(code, detail, errors)
  const headers = {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    connection: 'close',
    ...(problem.status === 401 && { 'www-authenticate': 'Bearer' }),
  }
  response.writeHead(problem.status, headers).end(JSON.stringify(problem))
}

async function serveDocs(name: string, response: ServerResponse): Promise<void> {
  const file = await findDocsFile(name)
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'no-referrer')
  response.setHeader(
    'content-security-policy',
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  )
  if (file === undefined) response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n')
  else response.writeHead(200, { 'content-type': file.type }).end(file.body)
}

/** Twice the limit is received before the connection is closed, so that a client that is still sending reads the answer. */
async function readBody(request: IncomingMessage, bytesAtMost: number): Promise<Buffer | 'too large'> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    bytes += chunk.byteLength
    if (bytes <= bytesAtMost) chunks.push(chunk)
    if (bytes > 2 * bytesAtMost) break
  }
  return bytes > bytesAtMost ? 'too large' : Buffer.concat(chunks)
}
