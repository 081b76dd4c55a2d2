import type { AdminApiKey } from '../../domain/admin-api-key.ts'
import type { HttpClient } from '../http/http-client.ts'
import { adminKeyListSchema } from './schemas.ts'

/** The longest wait for the expiry, which is optional. */
const EXPIRY_MS = 4_000
const MAX_KEY_PAGES = 5

/**
 * The expiry of a key, if exactly one key in OpenAI's list of Admin keys ends with the same four characters. Otherwise null.
 * Throws `ProviderError` when the list cannot be read in time.
 */
export async function findExpiry(client: HttpClient, key: AdminApiKey): Promise<string | null> {
  const keys = await listAdminKeys(client.endingBy(new Date(client.now().getTime() + EXPIRY_MS)))
  const matches = keys?.filter(({ redacted_value: hint }) => hint === key.hint) ?? []
  const expiresAt = matches.length === 1 ? matches[0]?.expires_at : null
  return typeof expiresAt === 'number' ? new Date(expiresAt * 1000).toISOString() : null
}

/** All Admin keys. Null when there are too many to be certain. https://platform.openai.com/docs/api-reference/admin-api-keys/list */
async function listAdminKeys(client: HttpClient) {
  const keys = []
  for (let page = 0; page < MAX_KEY_PAGES; page++) {
    const after: string | undefined = keys.at(-1)?.id
    const query: [string, string][] = [['limit', '100']]
    if (after !== undefined) query.push(['after', after])
    const path = '/organization/admin_api_keys'
    const reply = await client.get({ dataSet: 'directory', path, query, schema: adminKeyListSchema })
    keys.push(...reply.data)
    if (!reply.has_more) return keys
  }
  return null
}
