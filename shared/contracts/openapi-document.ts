import * as z from 'zod'
import { PROVIDER_PROBLEM_CODES } from '../domain/problem.ts'
import { PROVIDERS } from '../providers/registry.ts'
import {
  createDocument,
  type ZodOpenApiContentObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi'
import { csvText, noBody, type Operation, takesCsv } from './operation.ts'
import { operations } from './operations.ts'
import { answerExamples, requestExamples } from './examples.ts'
import { PROBLEMS, problemSchema, problemType, type ApiProblemCode } from './problem-contract.ts'

const providerProblemCode = z.enum(PROVIDER_PROBLEM_CODES)

const CSV_DESCRIPTION =
  'Complete, with the columns in the order of docs/api.md. A text that a spreadsheet could run as a formula has a ' +
  'single quote before it. The header rollcall-as-of contains asOf as JSON.'

const CSV_BODY_DESCRIPTION = 'In UTF-8. A gzip file of it is taken too, with the content type application/gzip.'

const CSV_HEADERS = {
  'rollcall-as-of': { description: 'For CSV: `asOf` as JSON.', schema: { type: 'string' } },
  'content-disposition': { description: 'For CSV: the file name.', schema: { type: 'string' } },
} as const

/** Creates the OpenAPI 3.1 document from the schemas that validate requests. */
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
      description: `Who is in your organizations at ${PROVIDERS.map(({ name }) => name).join(' and ')}, what seat do they hold, do they use it, and what does it cost?`,
      license: { name: 'MIT', identifier: 'MIT' },
      contact: { name: 'The operator of this Rollcall' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description:
            'The sign-in token, which contains the role. On one machine: none, or one of ROLLCALL_TOKEN if that is set.',
        },
      },
    },
  })
  return z.record(z.string(), z.unknown()).parse(structuredClone(document))
}

function describe(operation: Operation): ZodOpenApiOperationObject {
  const { operationId, answer } = operation
  const content = answer.status === 204 ? {} : { content: contentOf(operation) }
  return {
    operationId,
    summary: operation.summary,
    description: operation.role === 'none' ? 'Open to all.' : `For the role ${operation.role}.`,
    ...(operation.role === 'none' ? { security: [] } : {}),
    requestParams: { path: operation.params, query: operation.query },
    ...(operation.body === noBody
      ? {}
      : {
          requestBody: {
            required: true,
            ...(takesCsv(operation) && { description: CSV_BODY_DESCRIPTION }),
            content: {
              [takesCsv(operation) ? 'text/csv' : 'application/json']: {
                schema: operation.body,
                example: requestExamples[operationId],
              },
            },
          },
        }),
    responses: {
      [`${answer.status}`]: {
        description: answer.description,
        ...content,
        ...(operation.csv && { headers: CSV_HEADERS }),
      },
      ...describeProblems(operation),
    },
  }
}

function contentOf({ operationId, answer, csv }: Operation): ZodOpenApiContentObject {
  const example = answerExamples[operationId]
  const csvSchema = { type: 'string', description: CSV_DESCRIPTION } as const
  if (answer.schema === csvText) return { 'text/csv': { schema: csvSchema, example } }
  return {
    'application/json': { schema: answer.schema, example },
    ...(csv && { 'text/csv': { schema: csvSchema } }),
  }
}

function describeProblems(operation: Operation): ZodOpenApiOperationObject['responses'] {
  // On one machine with ROLLCALL_TOKEN, open calls need a token too, and foreign hosts are refused.
  const codes: ApiProblemCode[] = [...operation.problems, 'unauthorized', 'forbidden', 'internal_error']
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
  return { type: problemType(code), title, status, detail: detailOf(code), code }
}

/** Examples of texts about a key. For other problems the title is sufficient. */
function detailOf(code: ApiProblemCode): string {
  const provider = providerProblemCode.safeParse(code)
  return provider.success ? PROVIDERS[0].advice(provider.data, 'usage') : `${PROBLEMS[code].title}.`
}
