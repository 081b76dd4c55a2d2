import * as z from 'zod'
import type { AuditAction } from '../domain/audit-event.ts'
import type { Role } from '../domain/role.ts'
import type { ApiProblemCode } from './problem-contract.ts'

/** One call of the API with its inputs and its answer. The router and the OpenAPI document are created from it. */
export interface Operation<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly operationId: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly summary: string
  /** The required role, or none. */
  readonly role: 'none' | Role
  /** The recorded audit action. A call whose body has a new key is recorded as `key_change`. */
  readonly audit: 'none' | AuditAction
  /**
   * True when the complete answer is also available as `text/csv`, or, with the schema `csvText`, in that form only. Each such answer is
   * recorded as `export`.
   */
  readonly csv: boolean
  readonly params: Params
  readonly query: Query
  /** `noBody` for calls without a body, `csvText` for those that take CSV. */
  readonly body: Body
  readonly answer: { readonly status: 200 | 201 | 202 | 204; readonly description: string; readonly schema: Answer }
  readonly problems: readonly ApiProblemCode[]
}

/** The largest request body, in bytes. */
export const MAX_BODY_BYTES = 64 * 1024
/** The largest body of CSV. Lambda takes 6 MB, as JSON, in which line breaks and quotation marks take two bytes each. */
export const MAX_CSV_BODY_BYTES = 5 * 1024 * 1024
/** The largest CSV in a compressed body, once it is decompressed: 50,000 lines of 300 characters. */
export const MAX_DECOMPRESSED_CSV_BYTES = 16 * 1024 * 1024

const noParams = z.strictObject({})
export const noBody = z.undefined({ error: 'takes no body' })
/** A body or an answer in CSV. */
export const csvText = z.string({ error: 'must not be empty' })
/** The answer without content. */
export const noContent = z.void()

/** Preserves the types of an operation's schemas. */
export function operation<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(definition: Operation<Params, Query, Body, Answer>): Operation<Params, Query, Body, Answer> {
  return definition
}

/** True for a call whose body is CSV. */
export function takesCsv({ body }: Pick<Operation, 'body'>): boolean {
  return body === csvText
}

/** True when a path is one of a template's, such as `/v1/integrations/{id}`; a parameter stands for anything but nothing. */
export function isPathOf(template: string, path: string): boolean {
  const expected = template.split('/')
  const actual = path.replace(/\/$/, '').split('/')
  return (
    expected.length === actual.length &&
    expected.every((segment, index) => (segment.startsWith('{') ? actual[index] !== '' : segment === actual[index]))
  )
}

export const integrationParams = z.strictObject({ id: z.string() })
export const userParams = z.strictObject({ id: z.string(), userId: z.string() })

/** A call that reads data of an integration or of the deployment. */
export const reading = {
  method: 'GET',
  role: 'viewer',
  audit: 'none',
  csv: false,
  params: noParams,
  query: noParams,
  body: noBody,
  problems: ['validation_failed'],
} as const
export const ofIntegration = {
  ...reading,
  params: integrationParams,
  problems: ['validation_failed', 'not_found'],
} as const

/** A call whose data is also available as CSV. */
export const exportable = {
  ...ofIntegration,
  csv: true,
  problems: ['validation_failed', 'not_found', 'response_too_large'],
} as const

export function ok<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { status: 200, description, schema } as const
}
