import type { DayTable } from '../../../shared/data-sets/day-series/day-table.ts'
import { AdminApiKey } from '../../../shared/domain/admin-api-key.ts'
import { openAnthropicOrganization } from '../../../shared/providers/anthropic/organization.ts'
import type { HttpClientOptions } from '../../../shared/providers/http/http-client.ts'
import { noTimeout } from '../../watchdog.ts'
import { NOW, type Scripted, startScriptedServer } from '../scripted-server.ts'

export const SECRET = 'sk-ant-admin01-verysecretverysecret-wxyz'
export const WORKSPACE_SECRET = 'sk-ant-api03-verysecretverysecret-wxyz'

/** The window of a sync at `NOW`. It has two ranges: up to 8 February, and from the 9th on. */
export const WINDOW = { from: '2026-01-10', to: '2026-03-10' }

/** A scripted server without `/v1`, which is part of each path here. */
export async function startScriptedAnthropic() {
  const server = await startScriptedServer()
  return { ...server, baseUrl: server.baseUrl.replace(/\/v1$/, '') }
}

/** An organization at a server. Pauses take no time. */
export function openOrganization(baseUrl: string, options: Partial<HttpClientOptions> = {}) {
  return openAnthropicOrganization({
    baseUrl,
    key: new AdminApiKey(SECRET),
    deadline: new Date(NOW.getTime() + 600_000),
    sleep: () => Promise.resolve(),
    timeout: noTimeout,
    now: () => NOW,
    ...options,
  })
}

export const ACTORS = {
  user: (name: string, more: Record<string, unknown> = {}) => ({
    type: 'user_actor',
    user_id: `user_${name}`,
    email_address: `${name}@acme.example`,
    name,
    deleted: false,
    ...more,
  }),
  serviceAccount: (name: string) => ({ type: 'service_account_actor', service_account_id: `svac_${name}` }),
  key: (name: string) => ({ type: 'api_actor', api_key_id: `apikey_${name}` }),
  federated: (subject: string | null) => ({
    type: 'federated_actor',
    provider: { type: 'aws', account_id: '1', signed_principal: 'arn' },
    subject,
  }),
}

interface GroupOfRow {
  readonly actor?: unknown
  readonly model?: string | null
  readonly product?: string | null
  readonly workspace_id?: string | null
  readonly api_key_id?: string | null
}

const dayOf = (day: string) => ({ starting_at: `${day}T00:00:00Z`, ending_at: `${day}T23:59:59Z` })

/** What a row of a report is grouped by: null if it is not asked for. */
const groupOf = (group: GroupOfRow) => ({
  actor: null,
  model: 'claude-opus-5-5',
  product: 'claude_code',
  workspace_id: null,
  api_key_id: null,
  ...group,
})

export function usageRow(day: string, requests: number | null, group: GroupOfRow = {}) {
  return {
    ...dayOf(day),
    group: groupOf({ actor: ACTORS.user('ana'), ...group }),
    usage: {
      requests,
      uncached_input_tokens: 100,
      cache_read_input_tokens: 20,
      cache_creation: { ephemeral_5m_input_tokens: 3, ephemeral_1h_input_tokens: 4 },
      output_tokens: 10,
      total_tokens: 137,
      server_tool_use: { web_search_requests: 0 },
    },
  }
}

export function costRow(day: string, amount: string, group: GroupOfRow = {}, currency = 'USD') {
  return { ...dayOf(day), group: groupOf(group), cost: { amount, list_amount: amount, currency, requests: 1 } }
}

export function totalRow(day: string, amount: string, currency = 'USD') {
  return costRow(day, amount, { model: null, product: null }, currency)
}

type Row = ReturnType<typeof usageRow> | ReturnType<typeof costRow>

/** The page of a report that a request asks for: its days, in pages of at most so many rows, whose token is their first row. */
export function reportPage(url: URL, rows: readonly Row[], size = 1_000): Scripted {
  const [from, to] = ['starting_at', 'ending_at'].map((name) => Date.parse(url.searchParams.get(name) ?? ''))
  const found = rows.filter(({ starting_at: at }) => Date.parse(at) >= Number(from) && Date.parse(at) < Number(to))
  const first = Number(url.searchParams.get('page') ?? 0)
  const last = first + Math.min(size, Number(url.searchParams.get('limit')))
  return page(found.slice(first, last), last < found.length ? String(last) : null)
}

export function page(data: readonly unknown[], next: string | null = null): Scripted {
  return { json: { data, has_more: next !== null, next_page: next, data_refreshed_at: '2026-03-10T11:00:00Z' } }
}

/** A list, with all entries on one page. */
export function list(...data: readonly unknown[]): Scripted {
  return { json: { data, has_more: false, first_id: null, last_id: null } }
}

/** All rows of a table, with the names of its series. */
export function rowsIn(table: DayTable): Record<string, unknown>[] {
  return Array.from({ length: table.rowCount }, (_, row) => ({
    day: table.dayAt(row),
    userId: table.userAt(row),
    ...table.labelsAt(row),
    ...table.amountsAt(row),
  }))
}
