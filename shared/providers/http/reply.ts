import * as z from 'zod'
import { unitsOf } from '../../domain/amount.ts'
import type { ProviderProblemCode } from '../../domain/problem.ts'

/** Why an attempt failed. */
export interface Failure {
  readonly code: ProviderProblemCode
  /** A status, a field or a system code, for operators. */
  readonly reason: string
  /** `retryable`: a repetition can succeed. `malformed`: the reply has the wrong form. `permanent`: a repetition cannot succeed. */
  readonly kind: 'retryable' | 'malformed' | 'permanent'
  readonly retryAfterMs: number | null
  /** The status when the request itself was refused. Absent for all other failures. */
  readonly refusedWith?: number
}

export type Outcome<T> = { readonly value: T } | { readonly failure: Failure }

/** Reads a body as text. Null when it exceeds `maxBytes` (after decompression): the rest is then discarded unread. */
export async function readText(response: Response, maxBytes: number): Promise<string | null> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) return null
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

interface ReplyForm<T> {
  readonly schema: z.ZodType<T>
  /** Default: numbers are floats. */
  readonly numbersAsText?: boolean
}

/** Parses a successful reply. A failure names the wrong field, never its value. */
export function parseReply<T>(text: string, { schema, numbersAsText = false }: ReplyForm<T>): Outcome<T> {
  let json: unknown
  try {
    json = numbersAsText ? JSON.parse(text, asWritten) : JSON.parse(text)
  } catch {
    return { failure: { code: 'unexpected_reply', reason: 'not JSON', kind: 'retryable', retryAfterMs: null } }
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return { value: parsed.data }
  const [issue] = parsed.error.issues
  const reason = `${issue?.path.join('.')} ${issue?.code}`
  return { failure: { code: 'unexpected_reply', reason, kind: 'malformed', retryAfterMs: null } }
}

/**
 * The text of a number. A runtime that does not know it leaves the number, which `amountUnits` refuses.
 * https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/JSON/parse#the_reviver_parameter
 */
function asWritten(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? value) : value
}

/** An exact amount of money, sent as a number or as a text. Its reply must be parsed with `numbersAsText`. */
export const amountUnits = z.string().transform((text, context) => {
  const units = unitsOf(text)
  if (units !== null) return units
  context.addIssue({ code: 'custom', message: 'not an amount' })
  return z.NEVER
})

/** A number that can be sent as a text. */
export const numeric = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^\d+(\.\d+)?(e[+-]?\d+)?$/i)
    .transform(Number),
])

/** A number of requests or tokens: a safe integer. */
export const count = numeric.pipe(z.number().int().nonnegative())
