import * as z from 'zod'
import type { ApiDialect } from '../http/http-client.ts'
import { ADMIN_KEY_PREFIX } from './key-prefix.ts'

/** The content of an error body. It is used to choose a code and then dropped: OpenAI repeats part of the key in it. */
interface ErrorReply {
  readonly code: string | null
  readonly message: string
}

const NOTHING_SAID: ErrorReply = { code: null, message: '' }

/** `error` is an object, as documented, or a string, as reported in 2026. */
const errorBody = z.object({
  error: z.union([
    z.string().transform((message) => ({ code: null, message })),
    z.object({ code: z.string().nullable().catch(null), message: z.string().catch('') }),
  ]),
})

/**
 * OpenAI has no error code for a key with missing scopes. In a 401, only the text distinguishes it from a wrong key. This is
 * the only place where a text decides.
 */
const MENTIONS_SCOPES = /insufficient permissions|missing scopes?/i

/** OpenAI's Admin API. https://platform.openai.com/docs/api-reference/administration */
export const openAiDialect: ApiDialect = {
  headers: (key) => ({ authorization: `Bearer ${key.reveal()}` }),
  problemOf: (status, body, key) => {
    if (status !== 401 && status !== 403) return null
    const { code, message } = parseErrorReply(body)
    if (code === 'account_deactivated') return 'account_deactivated'
    if (status === 401 && (code === 'invalid_api_key' || !MENTIONS_SCOPES.test(message))) return 'invalid_admin_key'
    return key.reveal().startsWith(ADMIN_KEY_PREFIX) ? 'insufficient_permissions' : 'not_an_admin_key'
  },
}

/** Reads an error body of any form. Other content counts as empty. */
function parseErrorReply(text: string): ErrorReply {
  try {
    return errorBody.safeParse(JSON.parse(text)).data?.error ?? NOTHING_SAID
  } catch {
    return NOTHING_SAID
  }
}
