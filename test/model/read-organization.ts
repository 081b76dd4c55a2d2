import type { ModelOrganization, ModelPerson, ModelUsage } from './organization.ts'
import { fetchKinds } from './raw-kinds.ts'
import { fetchList, fetchDays, type Raw, type RawBucket, recordOf, recordsOf, textOf } from './raw-pages.ts'
import { costsWindow } from './costs.ts'
import { fetchCosts } from './raw-costs.ts'
import { orUndefined, readInvites, readKeys, readLogins } from './read-lists.ts'
import { dayAt, type ModelWindow } from './rules.ts'

const SECONDS_PER_DAY = 86_400

/**
 * Reads the people, by id, and the usage of a window as it is known at `now`, from the raw pages of the Admin API. With
 * a `Model` that syncs the result, this is an independent recount of what the product answers. `readsKinds`: other kinds of
 * usage; `readsLogins`: sign-ins.
 */
export async function readOrganization(
  { baseUrl, key }: { readonly baseUrl: string; readonly key: string },
  window: ModelWindow,
  now = new Date(),
  { readsKinds = true, readsLogins = false }: { readonly readsKinds?: boolean; readonly readsLogins?: boolean } = {},
): Promise<ModelOrganization> {
  const start = Date.parse(window.from) / 1000
  const end = Math.min(Date.parse(window.to) / 1000 + SECONDS_PER_DAY, Math.ceil(now.getTime() / 1000))
  if (end <= start) throw new Error('The window begins in the future.')
  const access = { baseUrl, key }
  const users = await fetchList(access, 'users')
  const buckets = await fetchDays(access, { report: 'usage/completions', groupBy: 'user_id,model' }, { start, end })
  const costs = await fetchCosts(access, costsWindow(window), end)
  const keys = await orUndefined(readKeys(access))
  const invites = await orUndefined(readInvites(access))
  const logins = readsLogins ? await orUndefined(readLogins(access)) : undefined
  return {
    ...(readsKinds && (await fetchKinds(access, start, end))),
    people: users.map((user) => personOf(user)).toSorted((left, right) => (left.id < right.id ? -1 : 1)),
    usage: buckets.flatMap((bucket) => usageOf(bucket)),
    costs,
    ...(keys !== undefined && { keys }),
    ...(invites !== undefined && { invites }),
    ...(logins !== undefined && { logins }),
  }
}

/** A person says who they are themselves, or in a nested `user`. */
function personOf(user: Raw): ModelPerson {
  const account = recordOf(user['user']) ?? {}
  return {
    id: String(user['id']),
    email: textOf(user['email']) ?? textOf(account['email']) ?? null,
    name: textOf(user['name']) ?? textOf(account['name']) ?? null,
    role: textOf(user['role']) ?? null,
    isServiceAccount: user['is_service_account'] === true,
    isScimManaged: user['is_scim_managed'] === true,
    // Nobody is disabled or banned unless OpenAI says so.
    enabled: account['enabled'] !== false,
    banned: account['banned'] === true,
    addedAt: Number(user['added_at'] ?? user['created'] ?? 0) || null,
    keyLastUsedAt: Number(user['api_key_last_used_at'] ?? 0) || null,
    projects: projectsOf(user),
  }
}

function projectsOf(user: Raw): ModelPerson['projects'] {
  const projects = recordOf(user['projects'])
  if (projects === undefined) return null
  return recordsOf(projects['data']).map((project) => ({
    id: String(project['id']),
    name: textOf(project['name']) ?? null,
    role: textOf(project['role']) ?? null,
  }))
}

function usageOf({ startTime, rows }: RawBucket): ModelUsage[] {
  return rows.map((row) => ({
    day: dayAt(startTime * 1000),
    userId: textOf(row['user_id']) ?? null,
    model: textOf(row['model']) ?? 'unknown',
    requests: Number(row['num_model_requests'] ?? 0),
    inputTokens: Number(row['input_tokens'] ?? 0),
    cachedInputTokens: Number(row['input_cached_tokens'] ?? 0),
    outputTokens: Number(row['output_tokens'] ?? 0),
  }))
}
