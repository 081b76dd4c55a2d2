import { actorOf, dayOf, fetchAnthropicList, fetchReport, groupedBy, orRefusal, rangeUpTo } from './raw-anthropic.ts'
import { readAnthropicCosts } from './raw-anthropic-costs.ts'
import type {
  ModelInvite,
  ModelKey,
  ModelOrganization,
  ModelOtherUsage,
  ModelPerson,
  ModelUsage,
} from './organization.ts'
import { type Raw, recordOf, textOf } from './raw-pages.ts'
import type { ModelWindow } from './rules.ts'

type Access = Parameters<typeof fetchAnthropicList>[0]

/** Reads an organization at Anthropic as `readOrganization` reads one at OpenAI. Throws `RefusedError` for what is required. */
export async function readAnthropic(access: Access, window: ModelWindow, now = new Date()): Promise<ModelOrganization> {
  const range = rangeUpTo(window, now)
  const rows = await fetchReport(access, 'usage', ['actor', 'model', 'product'], range)
  const people = (await fetchAnthropicList(access, 'users')).map((user) => personOf(user))
  const invites = await orRefusal(fetchAnthropicList(access, 'invites'))
  return {
    people: people.toSorted((left, right) => (left.id < right.id ? -1 : 1)),
    usage: rows.filter((row) => groupedBy(row, 'product') !== null).map((row) => usageOf(row)),
    otherUsage: rows.filter((row) => groupedBy(row, 'product') === null).map((row) => executionsOf(row)),
    costs: await readAnthropicCosts(access, window, now),
    keys: await orRefusal(readKeys(access, window, now)),
    invites: 'failure' in invites ? invites : invites.map((invite) => inviteOf(invite)),
  }
}

function personOf(user: Raw): ModelPerson {
  return {
    id: String(user['id']),
    email: textOf(user['email']) ?? null,
    name: textOf(user['name']) ?? null,
    role: textOf(user['role']) ?? null,
    isServiceAccount: false,
    isScimManaged: false,
    enabled: null,
    banned: null,
    addedAt: secondsOf(user['added_at']),
    keyLastUsedAt: null,
    projects: null,
  }
}

function usageOf(row: Raw): ModelUsage {
  const used = recordOf(row['usage']) ?? {}
  const created = recordOf(used['cache_creation']) ?? {}
  const cachedInputTokens = Number(used['cache_read_input_tokens'])
  const writtenToCache = Number(created['ephemeral_5m_input_tokens']) + Number(created['ephemeral_1h_input_tokens'])
  return {
    day: dayOf(row),
    userId: actorOf(row),
    model: groupedBy(row, 'model') ?? 'unknown',
    requests: Number(used['requests']),
    inputTokens: Number(used['uncached_input_tokens']) + cachedInputTokens + writtenToCache,
    cachedInputTokens,
    outputTokens: Number(used['output_tokens']),
  }
}

/** What has no product is no request. */
function executionsOf(row: Raw): ModelOtherUsage {
  return {
    day: dayOf(row),
    userId: actorOf(row),
    kind: 'code_execution',
    model: groupedBy(row, 'model') ?? null,
    requests: 0,
    quantity: Number(recordOf(row['usage'])?.['requests']),
  }
}

/** All keys. A day with usage by a key is its last use: its first instant stands for it. */
async function readKeys(access: Access, window: ModelWindow, now: Date): Promise<ModelKey[]> {
  const uses = await fetchReport(access, 'usage', ['api_key_id'], rangeUpTo(window, now))
  const query = { include_archived: 'true', include_default: 'true' }
  const workspaces = await orRefusal(fetchAnthropicList(access, 'workspaces', query))
  // Without them, workspaces have no names.
  const named = 'failure' in workspaces ? [] : workspaces
  const names = new Map(named.map((workspace) => [workspace['id'], textOf(workspace['name']) ?? null]))
  return (await fetchAnthropicList(access, 'api_keys')).map((key) => {
    const days = uses.filter((row) => groupedBy(row, 'api_key_id') === key['id']).map((row) => dayOf(row))
    const lastDay = days.toSorted().at(-1)
    const workspaceId = textOf(recordOf(key['scope'])?.['workspace_id'])
    return {
      id: String(key['id']),
      kind: 'workspace',
      project: workspaceId === undefined ? null : { id: workspaceId, name: names.get(workspaceId) ?? null },
      name: textOf(key['name']) ?? null,
      redacted: textOf(key['partial_key_hint']) ?? '',
      owner: ownerOf(key),
      createdAt: secondsOf(key['created_at']),
      lastUsedAt: lastDay === undefined ? null : Date.parse(lastDay) / 1000,
      saysUse: true,
      expiresAt: secondsOf(key['expires_at']),
      hasAccess: key['status'] === 'active',
    }
  })
}

/** Whom a key acts as, else who created it. */
function ownerOf(key: Raw): ModelKey['owner'] {
  const [principal, creator] = [recordOf(key['principal']), recordOf(key['created_by'])]
  const [userId, serviceId] = [textOf(principal?.['user_id']), textOf(principal?.['service_account_id'])]
  const id = userId ?? serviceId ?? textOf(creator?.['id'])
  if (id === undefined) return null
  const isService = userId === undefined && (serviceId !== undefined || creator?.['type'] === 'service_account')
  return { kind: isService ? 'service_account' : 'user', id, name: null, email: null }
}

function inviteOf(invite: Raw): ModelInvite {
  return {
    id: String(invite['id']),
    email: textOf(invite['email']) ?? null,
    role: textOf(invite['role']) ?? null,
    status: textOf(invite['status']) ?? '',
    createdAt: secondsOf(invite['invited_at']),
    expiresAt: secondsOf(invite['expires_at']),
  }
}

function secondsOf(time: unknown): number | null {
  return typeof time === 'string' ? Date.parse(time) / 1000 : null
}
