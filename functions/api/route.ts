import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import type * as z from 'zod'
import type { Operation } from '../../shared/contracts/operation.ts'
import { parseWith, readBody, readParams, readQuery } from './parse-request.ts'

/** A call as the router takes it. */
export interface ApiRoute {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly handler: (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>
}

/** Joins an operation to what answers it: parses the request by the operation's schemas and answers in JSON. */
export function route<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(
  operation: Operation<Params, Query, Body, Answer>,
  answer: (request: {
    params: z.output<Params>
    query: z.output<Query>
    body: z.output<Body>
  }) => Promise<z.output<Answer>>,
): ApiRoute {
  return {
    method: operation.method,
    path: operation.path,
    handler: async (event) => {
      event.routeKey = `${operation.method} ${operation.path}`
      const params = parseWith(operation.params, readParams(event), 'path')
      const query = parseWith(operation.query, readQuery(event), 'query')
      const body = parseWith(operation.body, readBody(event), 'body')
      return {
        statusCode: operation.answer.status,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(await answer({ params, query, body })),
      }
    },
  }
}
