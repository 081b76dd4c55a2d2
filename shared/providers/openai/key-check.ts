import type { AdminApiKey } from '../../domain/admin-api-key.ts'
import { dayOf } from '../../domain/day.ts'
import { adviceFor, ProviderError, type Dataset } from '../../domain/problem.ts'
import type { DatasetCheck, KeyCheck } from '../organization.ts'
import type { AdminApiClient } from './admin-api-client.ts'
import { getUsers } from './directory.ts'
import { adminKeyListSchema } from './schemas.ts'
import { UsagePages } from './usage-page.ts'

/** Under the 15 s that a person may be kept waiting, and of those at most so long for the expiry. */
const CHECK_MS = 14_000
const EXPIRY_MS = 4_000
const MAX_KEY_PAGES = 5

/** Tries the key on both data sets at once: either permission may be missing alone. */
export async function checkKey(client: AdminApiClient, key: AdminApiKey, now: Date): Promise<KeyCheck> {
  const bounded = client.endingBy(new Date(now.getTime() + CHECK_MS))
  const today = dayOf(now)
  const checks = await Promise.all([
    checkDataset('directory', () => getUsers(bounded, 1)),
    checkDataset('usage', () =>
      new UsagePages(bounded).getFirst({ range: { from: today, to: today }, limit: 1, groupBy: [] }),
    ),
  ])
  const valid = checks.every((check) => check.ok)
  return { valid, keyExpiresAt: valid ? await findExpiry(bounded, key) : null, checks }
}

async function checkDataset(dataset: Dataset, read: () => Promise<unknown>): Promise<DatasetCheck> {
  try {
    await read()
    return { dataset, ok: true, code: null, detail: null }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return { dataset, ok: false, code: error.code, detail: adviceFor(error.code, dataset) }
  }
}

/**
 * When the key expires, if OpenAI's list of Admin keys has exactly one that ends with the same four characters. Null
 * in every other case: not knowing is no reason to refuse a key.
 */
async function findExpiry(client: AdminApiClient, key: AdminApiKey): Promise<string | null> {
  const bounded = client.endingBy(new Date(client.now().getTime() + EXPIRY_MS))
  try {
    const keys = await listAdminKeys(bounded)
    const matches = keys?.filter((listed) => listed.redacted_value?.endsWith(key.hint)) ?? []
    const expiresAt = matches.length === 1 ? matches[0]?.expires_at : null
    return typeof expiresAt === 'number' ? new Date(expiresAt * 1000).toISOString() : null
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return null
  }
}

/** All Admin keys; null when they are too many to be sure. https://platform.openai.com/docs/api-reference/admin-api-keys/list */
async function listAdminKeys(client: AdminApiClient) {
  const keys = []
  for (let page = 0; page < MAX_KEY_PAGES; page++) {
    const after: string | undefined = keys.at(-1)?.id
    const query: [string, string][] = [['limit', '100']]
    if (after !== undefined) query.push(['after', after])
    const path = '/organization/admin_api_keys'
    const reply = await client.get({ dataset: 'directory', path, query, schema: adminKeyListSchema })
    keys.push(...reply.data)
    if (!reply.has_more) return keys
  }
  return null
}
