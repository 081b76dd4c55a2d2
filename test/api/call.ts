import type { APIGatewayProxyEventV2, Context } from 'aws-lambda'
import type { ApiHandler } from '../../functions/api/handler-factory.ts'

/** An answer as a client sees it. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: unknown
  readonly text: string
}

const CONTEXT: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'api',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:api',
  memoryLimitInMB: '256',
  awsRequestId: 'request-1',
  logGroupName: 'api',
  logStreamName: 'api',
  getRemainingTimeInMillis: () => 10_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
}

/** Calls the handler as API Gateway does: `target` is path and query, `json` a body, `raw` a body as it is. */
export async function call(
  handler: ApiHandler,
  method: string,
  target: string,
  sent: { json?: unknown; raw?: string; contentType?: string } = {},
): Promise<Answer> {
  const [path = '', query = ''] = target.split('?')
  const body = sent.raw ?? (sent.json === undefined ? undefined : JSON.stringify(sent.json))
  const result = await handler(eventOf(method, { path, query }, { body, contentType: sent.contentType }), CONTEXT)
  const text = result.body ?? ''
  const parsed: unknown = text === '' ? undefined : JSON.parse(text)
  return { status: result.statusCode ?? 0, headers: result.headers ?? {}, body: parsed, text }
}

function eventOf(
  method: string,
  { path, query }: { path: string; query: string },
  { body, contentType }: { body: string | undefined; contentType: string | undefined },
): APIGatewayProxyEventV2 {
  const http = { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'jest' }
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers: body === undefined ? {} : { 'content-type': contentType ?? 'application/json' },
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http,
      requestId: 'request-1',
      routeKey: '$default',
      stage: '$default',
      time: '24/Nov/2026:12:00:00 +0000',
      timeEpoch: 0,
    },
    isBase64Encoded: false,
    ...(body === undefined ? {} : { body }),
  }
}
