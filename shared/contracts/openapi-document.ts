import * as z from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { noBody, type Operation } from './operation.ts'
import { operations } from './operations.ts'
import { PROBLEMS, problemSchema, problemType, type ApiProblemCode } from './problem-contract.ts'

/** The OpenAPI 3.1 document, made from the schemas that check the requests. */
export function createOpenApiDocument(version: string): Record<string, unknown> {
  const paths: ZodOpenApiPathsObject = {}
  for (const operation of Object.values<Operation>(operations)) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: describe(operation) }
  }
  const document = createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Rollcall',
      version,
      description: 'Who is in your OpenAI organizations, what seat do they hold, and do they use it?',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  })
  return z.record(z.string(), z.unknown()).parse(structuredClone(document))
}

function describe(operation: Operation): ZodOpenApiOperationObject {
  const { status, description, schema } = operation.answer
  return {
    operationId: operation.operationId,
    summary: operation.summary,
    description: operation.role === 'none' ? 'Open to all.' : `For the role ${operation.role}.`,
    ...(operation.role === 'none' ? { security: [] } : {}),
    requestParams: { path: operation.params, query: operation.query },
    ...(operation.body === noBody
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: operation.body } } } }),
    responses: {
      [`${status}`]: { description, content: { 'application/json': { schema } } },
      ...describeProblems(operation),
    },
  }
}

function describeProblems(operation: Operation): ZodOpenApiOperationObject['responses'] {
  const everywhere: ApiProblemCode[] = operation.role === 'none' ? [] : ['forbidden']
  const codes: ApiProblemCode[] = [...operation.problems, ...everywhere, 'internal_error']
  const byStatus = Map.groupBy(codes, (code) => PROBLEMS[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      `${status}`,
      {
        description: codes.join(', '),
        content: {
          'application/problem+json': {
            schema: problemSchema,
            examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
          },
        },
      },
    ]),
  )
}

function exampleOf(code: ApiProblemCode) {
  const { status, title } = PROBLEMS[code]
  return { type: problemType(code), title, status, detail: `${title}.`, code }
}
