import type { APIGatewayProxyEventV2WithJWTAuthorizer, Context } from 'aws-lambda'
import { WATCHDOG_MS } from '../watchdog.ts'

/** What is sent besides method and target. */
export interface Sent {
  readonly json?: unknown
  /** A raw body. Bytes are sent as base64, as API Gateway does with what has no content type of text. */
  readonly raw?: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  /** The claims of the token. Default: an admin's. Null for a request without a token. */
  readonly claims?: Readonly<Record<string, string>> | null
}

export const ADMIN = { sub: 'admin-1', name: 'Ada', email: 'ada@acme.example', role: 'admin' }
export const REVIEWER = { sub: 'reviewer-1', name: 'Ria', email: 'ria@acme.example', role: 'reviewer' }
export const VIEWER = { sub: 'viewer-1', name: 'Vic', email: 'vic@acme.example', role: 'viewer' }

/** Lambda's context of an invocation. */
export const CONTEXT: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'api',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:api',
  memoryLimitInMB: '256',
  awsRequestId: 'request-1',
  logGroupName: 'api',
  logStreamName: 'api',
  getRemainingTimeInMillis: () => WATCHDOG_MS,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
}

/** A request in API Gateway's format. */
export function eventOf(
  method: string,
  { path, query }: { path: string; query: string },
  sent: Sent,
): APIGatewayProxyEventV2WithJWTAuthorizer {
  const raw = typeof sent.raw === 'object' ? Buffer.from(sent.raw).toString('base64') : sent.raw
  const body = raw ?? (sent.json === undefined ? undefined : JSON.stringify(sent.json))
  const claims = sent.claims === undefined ? ADMIN : sent.claims
  const http = { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'jest' }
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...sent.headers },
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      authorizer: { principalId: '', integrationLatency: 0, jwt: { claims: { ...claims }, scopes: [] } },
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http,
      requestId: 'request-1',
      routeKey: '$default',
      stage: '$default',
      time: '24/Nov/2026:12:00:00 +0000',
      timeEpoch: 0,
    },
    isBase64Encoded: typeof sent.raw === 'object',
    ...(body !== undefined && { body }),
  }
}
