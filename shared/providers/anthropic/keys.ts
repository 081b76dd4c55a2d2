import type { KeyOwner, KeysItem, ListedKey } from '../../data-sets/keys/keys.ts'
import type { Day } from '../../domain/day.ts'
import { ProviderError } from '../../domain/problem.ts'
import { type Window, windowEndingAt } from '../../domain/window.ts'
import { readCursorList } from '../http/cursor-list.ts'
import type { HttpClient } from '../http/http-client.ts'
import { LIST_PATIENCE } from '../http/part-reader.ts'
import type { ListReading, ListScope } from '../provider.ts'
import { keyUseSchema, reportPageSchema } from './analytics-schemas.ts'
import { getOptionalPage, PER_PAGE } from './lists.ts'
import type { Report, ReportRow } from './report-pages.ts'
import { coveredDays, ifOffered, readReport } from './report-ranges.ts'
import { apiKeyListSchema, type ApiKeyReply, workspaceListSchema } from './schemas.ts'

const DATA_SET = 'keys'

interface KeyUseReply extends ReportRow {
  readonly group: { readonly api_key_id: string | null }
}

/** On which days each key was used, for whatever product. https://docs.claude.com/en/api/admin-api/analytics/usage */
const KEY_USE: Report<KeyUseReply> = {
  dataSet: DATA_SET,
  path: 'usage',
  groupBy: ['api_key_id'],
  schema: reportPageSchema(keyUseSchema),
  identityOf: ({ group }) => JSON.stringify(group.api_key_id),
}

/** When keys were used. */
interface KeyUses {
  readonly lastDays: ReadonlyMap<string, Day>
  /** False when nothing, or not the whole window, is known. Then a key without use may have been used. */
  readonly isWholeWindow: boolean
}

/**
 * Reads all keys, with the names of their workspaces, and when each was used last within the window: Anthropic's list of keys does
 * not say. Throws `ProviderError`.
 */
export async function readKeys(
  client: HttpClient,
  onPage?: (keysRead: number, keys: null) => void,
  { window }: Pick<ListScope, 'window'> = { window: windowEndingAt(client.now()) },
): Promise<ListReading<KeysItem>> {
  const patient = client.withPatience(LIST_PATIENCE)
  const [keys, names, uses] = await Promise.all([
    readCursorList({
      dataSet: DATA_SET,
      getPage: (after) => getKeys(patient, PER_PAGE, after),
      toEntry: (reply) => reply,
      onPage: (done) => onPage?.(done, null),
    }),
    readWorkspaceNames(patient),
    readUses(patient, window),
  ])
  return { items: keys.map((reply) => keyOf(reply, names, uses)), rows: keys.length, isComplete: true }
}

/** Requests one page of keys: the first, or the one after a key. https://docs.claude.com/en/api/admin-api/apikeys/list-api-keys */
export function getKeys(client: HttpClient, limit: number, after?: string) {
  return getOptionalPage(client, { dataSet: DATA_SET, path: 'api_keys', schema: apiKeyListSchema }, { limit, after })
}

/** Without the permission to list workspaces, they have no names. */
async function readWorkspaceNames(client: HttpClient): Promise<ReadonlyMap<string, string | null>> {
  const query = ['include_archived', 'include_default'].map((name) => [name, 'true'] as const)
  const list = { dataSet: DATA_SET, path: 'workspaces', query, schema: workspaceListSchema }
  try {
    const workspaces = await readCursorList({
      dataSet: DATA_SET,
      getPage: (after) => getOptionalPage(client, list, { limit: PER_PAGE, after }),
      toEntry: ({ id, name }) => [id, name] as const,
    })
    return new Map(workspaces)
  } catch (error) {
    const isRefused =
      error instanceof ProviderError && ['insufficient_permissions', 'data_set_unavailable'].includes(error.code)
    if (isRefused) return new Map()
    throw error
  }
}

async function readUses(client: HttpClient, window: Window): Promise<KeyUses> {
  const lastDays = new Map<string, Day>()
  const covered = coveredDays(window)
  const onRows = (day: Day, rows: readonly KeyUseReply[]) => {
    for (const { group } of rows) {
      const key = group.api_key_id
      if (key !== null && day > (lastDays.get(key) ?? '')) lastDays.set(key, day)
    }
  }
  const rows = await ifOffered(readReport(client, KEY_USE, { window: covered, onRows }, {}))
  return { lastDays, isWholeWindow: rows !== null && covered.from === window.from }
}

function keyOf(
  reply: ApiKeyReply,
  workspaceNames: ReadonlyMap<string, string | null>,
  { lastDays, isWholeWindow }: KeyUses,
): ListedKey {
  const { id, name, partial_key_hint: hint, created_at: createdAt, expires_at: expiresAt } = reply
  const workspace = reply.scope?.workspace_id?.trim() || null
  const lastUsedOn = lastDays.get(id) ?? null
  return {
    kind: 'workspace',
    id,
    name,
    hint,
    // Null: a key of the whole organization. It calls models as any other: the list has no Admin keys.
    project: workspace === null ? null : { id: workspace, name: workspaceNames.get(workspace) ?? null },
    owner: ownerOf(reply),
    createdAt,
    lastUsedOn,
    isUseKnown: lastUsedOn !== null || isWholeWindow,
    expiresAt,
    // Inactive and archived keys do not work. Expired ones are told apart by their expiry.
    isActive: (reply.status?.toLowerCase() ?? 'active') === 'active',
  }
}

/** Whom the key acts as, else who created it. The directory has their names. */
function ownerOf({ principal, created_by: creator }: ApiKeyReply): KeyOwner | null {
  const ofKind = (kind: KeyOwner['kind'], id: string | null | undefined): KeyOwner | null =>
    id?.trim() ? { kind, id, name: null, email: null } : null
  return (
    ofKind('user', principal?.user_id) ??
    ofKind('service_account', principal?.service_account_id) ??
    ofKind(creator?.type === 'service_account' ? 'service_account' : 'user', creator?.id)
  )
}
