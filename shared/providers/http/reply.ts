import type * as z from 'zod'
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

/** Parses a successful reply. A failure names the wrong field, never its value. */
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
