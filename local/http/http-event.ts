import { isUtf8 } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer, Context } from 'aws-lambda'
import type { RoleRules } from '../../functions/api/http/caller.ts'
import type { Role } from '../../shared/domain/role.ts'

/**
 * The time that a call may take. On AWS it is 29 s, since API Gateway waits no longer. Here nothing else limits it, and on a machine that syncs a
 * large organization at the same time, a late answer is better than none.
 */
const TIMEOUT_MS = 120_000

/** The claims of a caller on this machine. */
export interface LocalClaims extends Record<string, string> {
  readonly sub: string
  readonly name: string
  readonly role: Role
}

/** The rules that map these claims to a role. */
export const LOCAL_ROLES: readonly RoleRules[] = [
  { claim: 'role', viewer: ['viewer'], reviewer: ['reviewer'], admin: ['admin'] },
]

/** Nobody has an address on this machine: the name of the role stands for it. */
export const LOCAL_EMAIL_CLAIM = 'role'

/** A request, without its body, as the event of an API Gateway HTTP API with a JWT authorizer, payload format 2.0. */
export function toHttpEvent(request: IncomingMessage, claims: LocalClaims): APIGatewayProxyEventV2WithJWTAuthorizer {
  const [rawPath = '/', ...query] = (request.url ?? '/').split('?')
  const method = request.method ?? 'GET'
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value
  }
  const now = Date.now()
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: query.join('?'),
    headers,
    isBase64Encoded: false,
    requestContext: {
      accountId: 'local',
      apiId: 'local',
      authorizer: { principalId: claims.sub, integrationLatency: 0, jwt: { claims, scopes: [] } },
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http: {
        method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: new Date(now).toUTCString(),
      timeEpoch: now,
    },
  }
}

/** The event with its body. */
export function withBody<Event extends APIGatewayProxyEventV2>(event: Event, body: Buffer): Event {
  return { ...event, ...(body.length > 0 && toBody(body)) }
}

/** The body as text if it is valid text, else as base64, so the function can tell the difference. */
function toBody(body: Buffer): { body: string; isBase64Encoded: boolean } {
  const isText = isUtf8(body)
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText }
}

/** The parts of Lambda's context object that one machine can provide. */
export function lambdaContext(): Context {
  const until = Date.now() + TIMEOUT_MS
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: 'api',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'local',
    memoryLimitInMB: '512',
    awsRequestId: 'local',
    logGroupName: 'local',
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, until - Date.now()),
    done() {},
    fail() {},
    succeed() {},
  }
}
