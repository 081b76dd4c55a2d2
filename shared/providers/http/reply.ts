import type * as z from 'zod'
import type { ProviderProblemCode } from '../../domain/problem.ts'

/** Why an attempt failed. */
export interface Failure {
  readonly code: ProviderProblemCode
  /** For operators: a status, a field or a system code. */
  readonly reason: string
  /** `retryable` may go away; `malformed` is a reply of the wrong form; `permanent` will not change by asking again. */
  readonly kind: 'retryable' | 'malformed' | 'permanent'
  readonly retryAfterMs: number | null
  /** The status of a request that was refused for what it asks; absent for every other failure. */
  readonly refusedWith?: number
}

export type Outcome<T> = { readonly value: T } | { readonly failure: Failure }

/** Reads a body as text. Null when it grew past `maxBytes` (after decompression): the rest is then discarded unread. */
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

/** Parses a successful reply. What does not parse says which field is wrong, not what stood there. */
export function parseReply<T>(text: string, schema: z.ZodType<T>): Outcome<T> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { failure: { code: 'unexpected_reply', reason: 'not JSON', kind: 'retryable', retryAfterMs: null } }
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return { value: parsed.data }
  const [issue] = parsed.error.issues
  const reason = `${issue?.path.join('.')} ${issue?.code}`
  return { failure: { code: 'unexpected_reply', reason, kind: 'malformed', retryAfterMs: null } }
}
