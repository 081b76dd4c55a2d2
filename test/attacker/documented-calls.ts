import * as z from 'zod'
import { createOpenApiDocument } from '../../shared/contracts/openapi-document.ts'

/** A call as the OpenAPI document describes it, ready to be sent. */
export interface DocumentedCall {
  readonly operationId: string
  readonly method: string
  /** After `/v1`, its parameters filled in. */
  readonly path: string
  /** The document's own example, as JSON or CSV; undefined where the call takes none. */
  readonly body: unknown
  /** Undefined where the call takes no body. */
  readonly contentType: string | undefined
  /** Needs no token. */
  readonly isOpen: boolean
  /** Needs the role admin. */
  readonly isForAdmins: boolean
}

/** Values of path parameters, by their names. */
export type Ids = Readonly<Record<'id' | 'userId' | 'syncId' | 'personId' | 'findingId' | 'reviewId', string>>

const documentSchema = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        operationId: z.string(),
        description: z.enum(['Open to all.', 'For the role viewer.', 'For the role reviewer.', 'For the role admin.']),
        security: z.array(z.unknown()).optional(),
        requestBody: z
          .object({
            content: z.partialRecord(z.enum(['application/json', 'text/csv']), z.object({ example: z.unknown() })),
          })
          .optional(),
      }),
    ),
  ),
})

/**
 * Every call of the document, so new routes are included automatically. Throws for a path parameter without a value
 * here.
 */
export function documentedCalls(ids: Ids): DocumentedCall[] {
  const { paths } = documentSchema.parse(createOpenApiDocument('0.0.0'))
  return Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, { operationId, description, security, requestBody }]) => {
      const [contentType, content] = Object.entries(requestBody?.content ?? {})[0] ?? []
      return {
        operationId,
        method: method.toUpperCase(),
        path: filled(template, ids),
        body: content?.example,
        contentType,
        isOpen: security?.length === 0,
        isForAdmins: description === 'For the role admin.',
      }
    }),
  )
}

function filled(template: string, ids: Ids): string {
  const values: Readonly<Record<string, string>> = ids
  return template.replace('/v1', '').replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`Nothing stands for the parameter ${name} of ${template}.`)
    return encodeURIComponent(value)
  })
}
