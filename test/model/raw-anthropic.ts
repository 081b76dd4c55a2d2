import type { ModelFailure } from './organization.ts'
import { fetchJson, type Raw, recordOf, recordsOf, RefusedError, textOf } from './raw-pages.ts'
import { dayAfter, type ModelWindow, order } from './rules.ts'

/* Anthropic's pages. Reports are read otherwise than the product does: in shorter ranges and from their ends. */

const HEADERS = { 'anthropic-version': '2023-06-01', 'anthropic-beta': 'analytics-usage-cost-2026-08-24' }
/** Nothing is known of earlier days. */
const FIRST_DAY = '2026-01-01'
const RANGE_DAYS = 20
const MAX_PAGES = 2_000

interface Access {
  readonly baseUrl: string
  readonly key: string
}

/** Every entry of a list, such as `users`, once. */
export async function fetchAnthropicList(
  { baseUrl, key }: Access,
  list: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Raw[]> {
  const entries = new Map<string, Raw>()
  const query = new URLSearchParams({ limit: '100', ...parameters })
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const page = await fetchJson(`${baseUrl}/v1/organizations/${list}?${query.toString()}`, key, HEADERS)
    for (const entry of recordsOf(page['data'])) entries.set(textOf(entry['id']) ?? '', entry)
    const last = textOf(page['last_id'])
    if (page['has_more'] !== true || last === undefined) return [...entries.values()]
    query.set('after_id', last)
  }
  throw new Error(`The list of ${list} comes to no end.`)
}

/** What is read, or why it was refused: analytics that the organization does not have are answered with 400 or 404, lists with 404. */
export async function orRefusal<Value>(reading: Promise<Value>): Promise<Value | ModelFailure> {
  try {
    return await reading
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    if (error.status >= 500) return { failure: 'provider_unreachable' }
    return { failure: error.status === 403 ? 'insufficient_permissions' : 'data_set_unavailable' }
  }
}

/** The days of a window that have begun and of which something is known. */
export function rangeUpTo({ from, to }: ModelWindow, now: Date): ModelWindow {
  const days = [order(from, FIRST_DAY) < 0 ? FIRST_DAY : from, to, now.toISOString().slice(0, 10)] as const
  return { from: days[0], to: order(days[1], days[2]) < 0 ? days[1] : days[2] }
}

/** Every row of a report by day. */
export async function fetchReport(
  access: Access,
  report: 'usage' | 'cost',
  groupBy: readonly string[],
  { from, to }: ModelWindow,
): Promise<Raw[]> {
  const rows: Raw[] = []
  for (let first = from; order(first, to) <= 0; first = dayAfter(first, RANGE_DAYS)) {
    const last = dayAfter(first, RANGE_DAYS - 1)
    rows.push(...(await fetchRange(access, report, groupBy, { from: first, to: order(last, to) < 0 ? last : to })))
  }
  return rows
}

async function fetchRange(
  { baseUrl, key }: Access,
  report: string,
  groupBy: readonly string[],
  { from, to }: ModelWindow,
): Promise<Raw[]> {
  const query = new URLSearchParams({
    starting_at: `${from}T00:00:00Z`,
    ending_at: `${dayAfter(to, 1)}T00:00:00Z`,
    time_bucket_width: '1d',
    order_by: 'time',
    order: 'desc',
    limit: '1000',
  })
  for (const name of groupBy) query.append('group_by[]', name)
  const rows: Raw[] = []
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const page = await fetchJson(`${baseUrl}/v1/organizations/analytics/${report}?${query.toString()}`, key, HEADERS)
    rows.push(...recordsOf(page['data']))
    const next = textOf(page['next_page'])
    if (page['has_more'] !== true || next === undefined) return rows
    query.set('page', next)
  }
  throw new Error(`The report of ${report} comes to no end.`)
}

/** A row's value of what it is grouped by. */
export function groupedBy(row: Raw, name: string): string | null {
  return textOf(recordOf(row['group'])?.[name]) ?? null
}

/** The id that stands for an actor. Identities of other clouds have none. */
export function actorOf(row: Raw): string | null {
  const actor = recordOf(recordOf(row['group'])?.['actor']) ?? {}
  return textOf(actor['user_id']) ?? textOf(actor['service_account_id']) ?? textOf(actor['api_key_id']) ?? null
}

export function dayOf(row: Raw): string {
  return String(row['starting_at']).slice(0, 10)
}
