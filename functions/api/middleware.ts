import type { MiddlewareObj } from '@middy/core'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import type { Logger } from '../../shared/ports/logger.ts'
import { toProblemResponse } from './problem-response.ts'

type ApiMiddleware = MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>

const SAFE_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

/** Turns what was thrown into a problem. Faults of ours are logged here, once, and nowhere else. */
export function problems(logger: Logger): ApiMiddleware {
  return {
    onError: (request) => {
      request.response = toProblemResponse(request.error)
      if (request.response.statusCode !== 500) return
      logger.error('A request failed.', request.error, { requestId: request.event.requestContext.requestId })
    },
  }
}

/** Headers that every answer carries, errors included. */
export function safeHeaders(): ApiMiddleware {
  const add: ApiMiddleware['after'] = (request) => {
    if (request.response) request.response.headers = { ...request.response.headers, ...SAFE_HEADERS }
  }
  return { after: add, onError: add }
}

/** One line a request. The route's template stands for the path, and no query is logged: both can hold names. */
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
