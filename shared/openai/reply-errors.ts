import type { AdminApiKey } from '../domain/admin-api-key.ts'
import type { ProviderProblemCode } from '../domain/problem.ts'
import { errorBodySchema } from './schemas.ts'

/** What an error reply says, as far as it can be understood. Never kept: OpenAI's texts repeat part of the key. */
interface Complaint {
  readonly code: string | null
  readonly text: string
}

function complaintOf(body: string): Complaint {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return { code: null, text: body }
  }
  const parsed = errorBodySchema.safeParse(json)
  if (!parsed.success) return { code: null, text: '' }
  const { error } = parsed.data
  if (typeof error === 'string') return { code: null, text: error }
  return { code: error.code ?? null, text: error.message ?? '' }
}

/**
 * What an error reply means. A key without the scope answers 403, reportedly also 401; OpenAI gives that 401 no code of
 * its own, so there, and only there, the text decides. The key's prefix picks the advice, not the verdict.
 * Source: https://platform.openai.com/docs/guides/error-codes and reports of people who call it.
 */
export function problemOf(status: number, body: string, key: AdminApiKey): ProviderProblemCode {
  const { code, text } = complaintOf(body)
  const lacksScopes = key.hasAdminPrefix ? 'insufficient_permissions' : 'not_an_admin_key'
  if (code === 'account_deactivated') return 'account_deactivated'
  if (status === 403) return lacksScopes
  if (status === 401) {
    if (code === 'invalid_api_key') return 'invalid_admin_key'
    return /insufficient permissions|missing scopes/i.test(text) ? lacksScopes : 'invalid_admin_key'
  }
  if (status === 429) return 'provider_rate_limited'
  if (status === 408 || status === 409 || status >= 500) return 'provider_unreachable'
  return 'unexpected_reply'
}
