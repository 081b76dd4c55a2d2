import * as z from 'zod'
import type { AdminApiKey } from '../../domain/admin-api-key.ts'
import { ProviderError, type Dataset, type ProviderProblemCode } from '../../domain/problem.ts'

/** A reply grew past the bytes allowed for it and was let go. Asking for less may do. */
export class ReplyTooLargeError extends ProviderError {
  constructor(dataset: Dataset, maxReplyBytes: number) {
    super('unexpected_reply', dataset, { note: `unexpected_reply (${dataset}): over ${maxReplyBytes} bytes` })
    this.name = 'ReplyTooLargeError'
  }
}

/** The provider refused this very request, for a reason that is not the key: the same request gets the same answer. */
export class RequestRefusedError extends ProviderError {
  readonly status: number

  constructor(dataset: Dataset, status: number, note: string) {
    super('unexpected_reply', dataset, { note })
    this.status = status
  }
}

/** A reply in good form that cannot be true or whole. `reason` names fields and days, never values. */
export function unexpectedReply(dataset: Dataset, reason: string): ProviderError {
  return new ProviderError('unexpected_reply', dataset, { note: `unexpected_reply (${dataset}): ${reason}` })
}

/** What an error body says. Used to choose a code and dropped then: OpenAI repeats part of the key in it. */
export interface ErrorReply {
  readonly code: string | null
  readonly message: string
}

const NOTHING_SAID: ErrorReply = { code: null, message: '' }

/** `error` is an object as documented, or a bare string as reported in 2026. */
const errorBody = z.object({
  error: z.union([
    z.string().transform((message) => ({ code: null, message })),
    z.object({ code: z.string().nullable().catch(null), message: z.string().catch('') }),
  ]),
})

/** Reads an error body of any form. Junk says nothing. */
export function parseErrorReply(text: string): ErrorReply {
  try {
    return errorBody.safeParse(JSON.parse(text)).data?.error ?? NOTHING_SAID
  } catch {
    return NOTHING_SAID
  }
}

/**
 * OpenAI gives a key without the right scopes no code of its own: in a 401, only the text sets it apart from a wrong
 * key. Nowhere else does a text decide.
 */
const SPEAKS_OF_SCOPES = /insufficient permissions|missing scopes?/i

/** What an HTTP status that is no success means. */
export function problemOfStatus(status: number, reply: ErrorReply, key: AdminApiKey): ProviderProblemCode {
  if (status === 401 || status === 403) return problemOfKey(status, reply, key)
  if (status === 429) return 'provider_rate_limited'
  return isRetryableStatus(status) ? 'provider_unreachable' : 'unexpected_reply'
}

/** True for statuses that may go away by themselves. */
export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 409 || status === 429 || status >= 500
}

function problemOfKey(status: 401 | 403, reply: ErrorReply, key: AdminApiKey): ProviderProblemCode {
  if (reply.code === 'account_deactivated') return 'account_deactivated'
  if (status === 401 && reply.code === 'invalid_api_key') return 'invalid_admin_key'
  if (status === 401 && !SPEAKS_OF_SCOPES.test(reply.message)) return 'invalid_admin_key'
  return key.hasAdminPrefix ? 'insufficient_permissions' : 'not_an_admin_key'
}
