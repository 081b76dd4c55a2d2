import createMiddy, { type MiddyfiedHandler } from '@middy/core'
import httpRouter from '@middy/http-router'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { isPathOf, type Operation } from '../../../shared/contracts/operation.ts'
import { operations } from '../../../shared/contracts/operations.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { MethodNotAllowedError, NotFoundError } from './api-errors.ts'
import { compression, negotiation, problems, requestLog, safeHeaders, sizeLimit } from './middleware.ts'
import type { Indexes } from '../indexes.ts'
import { createRoutes } from '../routes.ts'

export type ApiHandler = MiddyfiedHandler<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>

/**
 * Creates the api function's handler for API Gateway HTTP API events (payload version 2.0). `indexes`: what other uses of the function share
 * with it.
 *
 * The middleware, outermost first. The log sees every answer and its full duration. The headers apply to every answer,
 * problems included. The problem mapping catches what the inner layers throw. The size limit measures answers after
 * compression. Content negotiation runs before an answer is created. Responses pass through the layers in reverse
 * order.
 */
export function createApiHandler(deps: ApiDependencies, indexes?: Indexes): ApiHandler {
  const router = httpRouter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>({
    routes: [...createRoutes(deps, indexes)],
    notFoundResponse: refuse,
  })
  return createMiddy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(router)
    .use(requestLog(deps.logger))
    .use(safeHeaders())
    .use(problems(deps.logger))
    .use(sizeLimit())
    .use(compression())
    .use(negotiation())
}

function refuse({ path }: { path: string }): never {
  const allowed = Object.values<Operation>(operations)
    .filter((operation) => isPathOf(operation.path, path))
    .map(({ method }) => method)
  throw allowed.length > 0 ? new MethodNotAllowedError(allowed) : new NotFoundError('path')
}
