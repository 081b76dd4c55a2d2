import { ProviderError, type Dataset } from '../domain/problem.ts'
import type { DirectoryPerson } from '../domain/directory-person.ts'
import { addDays, dayOf, startOfDay } from '../domain/day.ts'
import type { Window } from '../domain/window.ts'
import type { DatasetCheck, KeyCheck, Organization, UsageReading } from '../ports/organization.ts'
import { AdminApiClient, type AdminApiClientOptions } from './admin-api-client.ts'
import { readDirectory } from './directory.ts'
import { adminKeyPageSchema, usagePageSchema, userPageSchema } from './schemas.ts'
import { readUsage } from './usage.ts'

const CHECK_WITHIN_MS = 14_000
const CHECK_BYTES_AT_MOST = 16 * 1024 * 1024

/** An organization at OpenAI, read with an Admin API key. */
export class OpenAiOrganization implements Organization {
  private readonly options: AdminApiClientOptions
  private readonly client: AdminApiClient

  constructor(options: AdminApiClientOptions) {
    this.options = options
    this.client = new AdminApiClient(options)
  }

  readDirectory(onPage?: (peopleRead: number) => void): Promise<DirectoryPerson[]> {
    return readDirectory(this.client, onPage)
  }

  readUsage(
    window: Window,
    options?: { expectedPeople?: number; onPage?: (daysRead: number, days: number) => void },
  ): Promise<UsageReading> {
    return readUsage(this.client, window, options)
  }

  async checkKey(now: Date): Promise<KeyCheck> {
    const deadline = new Date(Math.min(this.options.deadline.getTime(), now.getTime() + CHECK_WITHIN_MS))
    const client = new AdminApiClient({ ...this.options, deadline })
    const [directory, usage, keyExpiresAt] = await Promise.all([
      check('directory', () => probeDirectory(client)),
      check('usage', () => probeUsage(client, now)),
      findKeyExpiry(client, this.options.key.hint),
    ])
    return { valid: directory.ok && usage.ok, keyExpiresAt, checks: [directory, usage] }
  }
}

async function check(dataset: Dataset, probe: () => Promise<unknown>): Promise<DatasetCheck> {
  try {
    await probe()
    return { dataset, ok: true, code: null, detail: null }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return { dataset, ok: false, code: error.code, detail: error.advice }
  }
}

function probeDirectory(client: AdminApiClient): Promise<unknown> {
  return client.get({
    path: '/organization/users',
    query: [['limit', '1']],
    schema: userPageSchema,
    dataset: 'directory',
    maxBytes: CHECK_BYTES_AT_MOST,
  })
}

function probeUsage(client: AdminApiClient, now: Date): Promise<unknown> {
  const yesterday = startOfDay(addDays(dayOf(now), -1)).getTime() / 1000
  return client.get({
    path: '/organization/usage/completions',
    query: [
      ['start_time', String(yesterday)],
      ['end_time', String(yesterday + 86_400)],
      ['bucket_width', '1d'],
      ['limit', '1'],
    ],
    schema: usagePageSchema,
    dataset: 'usage',
    maxBytes: CHECK_BYTES_AT_MOST,
  })
}

/**
 * When the key expires: OpenAI lists the organization's admin keys with their last characters. Null when that does not
 * point at one key, or cannot be read: a courtesy, not a condition.
 */
async function findKeyExpiry(client: AdminApiClient, hint: string): Promise<string | null> {
  try {
    const { data } = await client.get({
      path: '/organization/admin_api_keys',
      query: [['limit', '100']],
      schema: adminKeyPageSchema,
      dataset: 'directory',
      maxBytes: CHECK_BYTES_AT_MOST,
    })
    const [match, another] = data.filter((key) => key.redacted_value.endsWith(hint))
    if (match?.expires_at == null || another !== undefined) return null
    return new Date(match.expires_at * 1000).toISOString()
  } catch (error) {
    if (error instanceof ProviderError) return null
    throw error
  }
}
