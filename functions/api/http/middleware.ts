import type { MiddlewareObj } from '@middy/core'
import httpContentEncoding from '@middy/http-content-encoding'
import httpContentNegotiation from '@middy/http-content-negotiation'
import { constants } from 'node:zlib'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'
import type { Logger } from '../../../shared/ports/logger.ts'
import { ResponseTooLargeError } from './api-errors.ts'
import { toProblemResponse } from './problem-response.ts'

type ApiMiddleware = MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>

const SAFE_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

export const MEDIA_TYPES = { json: 'application/json', csv: 'text/csv' } as const

/** Content negotiation. Without a preference, JSON precedes CSV and Brotli precedes gzip. */
export function negotiation(): ApiMiddleware {
  return httpContentNegotiation({
    parseCharsets: false,
    parseLanguages: false,
    availableMediaTypes: Object.values(MEDIA_TYPES),
    availableEncodings: ['br', 'gzip', 'identity'],
    failOnMismatch: false,
  })
}

/** Lambda returns at most 6 MB, as JSON. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const ANSWER_BYTES_AT_MOST = 6 * 1024 * 1024 - 64 * 1024
const COMPRESSED_FROM_BYTES = 1024
/** Fast, and nearly as small as the best quality. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }

/** Compresses large enough answers with the encoding that the client prefers. */
export function compression(): ApiMiddleware {
  const encode = httpContentEncoding({ br: BROTLI }).after
  return {
    after: async (request) => {
      if ((request.response?.body?.length ?? 0) >= COMPRESSED_FROM_BYTES) await encode?.(request)
    },
  }
}

/**
 * Throws `ResponseTooLargeError` when the client accepts no compression and the uncompressed text is too large. Called
 * before the export is recorded as successful.
 */
export function requireSendable<Answer extends { readonly text: string }>(
  answer: Answer,
  context: Context & { preferredEncoding?: unknown },
): Answer {
  const isCompressed = context.preferredEncoding === 'br' || context.preferredEncoding === 'gzip'
  if (!isCompressed && sizeOf(answer.text) > ANSWER_BYTES_AT_MOST) throw new ResponseTooLargeError({ isCompressed })
  return answer
}

/** The size of Lambda's response. It is only computed when it can matter: one character can take up to six bytes. */
function sizeOf(text: string): number {
  return text.length * 6 < ANSWER_BYTES_AT_MOST ? text.length : Buffer.byteLength(JSON.stringify(text))
}

/** Replaces an answer that is too large for Lambda with a problem that says how to get the data. */
export function sizeLimit(): ApiMiddleware {
  return {
    after: ({ response }) => {
      const isCompressed = response?.isBase64Encoded === true
      if (sizeOf(response?.body ?? '') > ANSWER_BYTES_AT_MOST) throw new ResponseTooLargeError({ isCompressed })
    },
  }
}

/** Maps errors to problems. Unexpected errors are logged here and nowhere else. */
export function problems(logger: Logger): ApiMiddleware {
  return {
    onError: (request) => {
      request.response = toProblemResponse(request.error)
      if (request.response.statusCode !== 500) return
      logger.error('A request failed.', request.error, { requestId: request.event.requestContext.requestId })
    },
  }
}

/** Headers of every answer, errors included. */
export function safeHeaders(): ApiMiddleware {
  const add: ApiMiddleware['after'] = (request) => {
    if (request.response) request.response.headers = { ...request.response.headers, ...SAFE_HEADERS }
  }
  return { after: add, onError: add }
}

/**
 * Logs one line for each request. It contains the route's template instead of the path, and no query, because both can
 * contain names.
 */
export function requestLog(logger: Logger): ApiMiddleware {
  const startedAt = new WeakMap<object, number>()
  const log: ApiMiddleware['after'] = ({ event, response }) => {
    logger.info('Answered a request.', {
      method: event.requestContext.http.method,
      route: event.routeKey,
      status: response?.statusCode,
      durationMs: Math.round(performance.now() - (startedAt.get(event) ?? performance.now())),
      requestId: event.requestContext.requestId,
    })
  }
  return {
    before: ({ event }) => {
      startedAt.set(event, performance.now())
      event.routeKey = 'unmatched'
      delete event.pathParameters
    },
    after: log,
    onError: log,
  }
}
