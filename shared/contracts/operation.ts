import * as z from 'zod'
import type { ApiProblemCode } from './problem-contract.ts'

/** Who may call: anybody, who reads, or who may also write. */
export type Role = 'none' | 'viewer' | 'admin'

/** One call of the API: what it takes and what it answers. The router and the OpenAPI document are made from it. */
export interface Operation<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly operationId: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly summary: string
  readonly role: Role
  readonly params: Params
  readonly query: Query
  /** `noBody` when the call takes none. */
  readonly body: Body
  readonly answer: { readonly status: 200 | 201 | 202; readonly description: string; readonly schema: Answer }
  readonly problems: readonly ApiProblemCode[]
}

/** The largest request body, in bytes. */
export const MAX_BODY_BYTES = 64 * 1024

export const noParams = z.strictObject({})
export const noBody = z.undefined({ error: 'takes no body' })

/** Keeps an operation's schemas typed. */
export function operation<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(definition: Operation<Params, Query, Body, Answer>): Operation<Params, Query, Body, Answer> {
  return definition
}
