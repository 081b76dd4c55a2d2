import pLimit from 'p-limit'
import { addDays, dayOf, daysBetween, startOfDay, type Day } from '../domain/day.ts'
import { ProviderError } from '../domain/problem.ts'
import { UsageTable } from '../domain/usage-table.ts'
import { daysOfWindow, isWithin, windowLength, type Window } from '../domain/window.ts'
import type { UsageReading } from '../ports/organization.ts'
import { type AdminApiClient, ReplyTooLargeError } from './admin-api-client.ts'
import { usagePageSchema, type UsagePage } from './schemas.ts'

/** OpenAI rejects more daily buckets a page. Source: https://platform.openai.com/docs/api-reference/usage/completions */
const DAYS_A_PAGE_AT_MOST = 31
const PEOPLE_FOR_WHOLE_PAGES = 5_000
const PAGE_BYTES_AT_MOST = 48 * 1024 * 1024
const ONE_DAY_BYTES_AT_MOST = 256 * 1024 * 1024
const EMPTY_PAGES_AT_MOST = 100
const READS_AT_ONCE = 2

interface Collector {
  readonly table: UsageTable
  rows: number
  readonly seen: Set<Day>
  readonly onPage: () => void
}

/**
 * Reads the window's usage of completions, in parts of at most 31 days side by side. Every day that is over must come
 * exactly once; today may be missing. Throws `ProviderError`.
 */
export async function readUsage(
  client: AdminApiClient,
  window: Window,
  options: { expectedPeople?: number; onPage?: (daysRead: number, days: number) => void } = {},
): Promise<UsageReading> {
  const days = windowLength(window)
  const collector: Collector = {
    table: new UsageTable(window),
    rows: 0,
    seen: new Set(),
    onPage: () => options.onPage?.(collector.seen.size, days),
  }
  const { expectedPeople = 0 } = options
  const share = expectedPeople > PEOPLE_FOR_WHOLE_PAGES ? PEOPLE_FOR_WHOLE_PAGES / expectedPeople : 1
  const daysAPage = Math.max(1, Math.floor(DAYS_A_PAGE_AT_MOST * share))
  const limit = pLimit(READS_AT_ONCE)
  const results = await Promise.allSettled(
    partsOf(window).map((part) => limit(() => readPart(client, part, daysAPage, collector))),
  )
  for (const result of results) if (result.status === 'rejected') throw result.reason
  return { table: collector.table, rows: collector.rows }
}

/** Parts of nearly the same length, none above 31 days: 60 days are read as 30 and 30. */
function partsOf(window: Window): Window[] {
  const days = windowLength(window)
  const count = Math.ceil(days / DAYS_A_PAGE_AT_MOST)
  const edge = (index: number) => addDays(window.from, Math.round((days * index) / count))
  return Array.from({ length: count }, (_, index) => ({ from: edge(index), to: addDays(edge(index + 1), -1) }))
}

async function readPart(client: AdminApiClient, part: Window, daysAPage: number, collector: Collector): Promise<void> {
  let rest = part
  let limit = Math.min(daysAPage, windowLength(part))
  for (;;) {
    try {
      return await followPages(client, rest, limit, collector)
    } catch (error) {
      if (!(error instanceof ReplyTooLargeError) || limit === 1) throw error
      // Token and page size belong together, so the days still missing are asked for anew, with fewer a page.
      limit = Math.max(1, Math.floor(limit / 2))
      rest = { from: missingDays(rest, collector)[0] ?? rest.to, to: rest.to }
    }
  }
}

async function followPages(client: AdminApiClient, part: Window, limit: number, collector: Collector): Promise<void> {
  const tokens = new Set<string>()
  let emptyPages = 0
  let token: string | null = null
  for (;;) {
    const page: UsagePage = await client.get({
      path: '/organization/usage/completions',
      query: queryFor(part, limit, token),
      schema: usagePageSchema,
      dataset: 'usage',
      maxBytes: limit === 1 ? ONE_DAY_BYTES_AT_MOST : PAGE_BYTES_AT_MOST,
    })
    take(page, part, collector)
    // Once every day is there, a further page could only be empty, and its token refused.
    if (missingDays(part, collector).length === 0) return
    if (!page.has_more) break
    emptyPages = page.data.length === 0 ? emptyPages + 1 : 0
    token = page.next_page ?? null
    if (token === null || tokens.has(token) || emptyPages > EMPTY_PAGES_AT_MOST) throw strange('pages lead to no end')
    tokens.add(token)
  }
  const today = dayOf(client.now())
  if (missingDays(part, collector).some((day) => day < today)) throw strange('days are missing')
}

function queryFor(part: Window, limit: number, token: string | null): [string, string][] {
  const query: [string, string][] = [
    ['start_time', String(startOfDay(part.from).getTime() / 1000)],
    ['end_time', String(startOfDay(addDays(part.to, 1)).getTime() / 1000)],
    ['bucket_width', '1d'],
    ['group_by[]', 'user_id'],
    ['group_by[]', 'model'],
    ['limit', String(limit)],
  ]
  if (token !== null) query.push(['page', token])
  return query
}

function take(page: UsagePage, part: Window, collector: Collector): void {
  for (const bucket of page.data) {
    const start = new Date(bucket.start_time * 1000)
    const day = dayOf(start)
    if (startOfDay(day).getTime() !== start.getTime()) throw strange('a bucket does not begin at midnight')
    if (!isWithin(day, part)) throw strange('a bucket lies outside what was asked')
    if (collector.seen.has(day)) throw strange('a day came twice')
    const endDay = new Date(bucket.end_time * 1000)
    if (endDay <= start || endDay > startOfDay(addDays(day, 1))) throw strange('a bucket is not one day')
  }
  ascending(page.data.map((bucket) => bucket.start_time))
  for (const bucket of page.data) {
    const day = dayOf(new Date(bucket.start_time * 1000))
    collector.seen.add(day)
    for (const row of bucket.results) {
      collector.rows += 1
      collector.table.add({
        day,
        userId: row.user_id == null || row.user_id === '' ? null : row.user_id,
        model: row.model == null || row.model === '' ? 'unknown' : row.model,
        requests: row.num_model_requests,
        inputTokens: row.input_tokens,
        cachedInputTokens: row.input_cached_tokens ?? 0,
        outputTokens: row.output_tokens,
      })
    }
  }
  collector.onPage()
}

function ascending(times: readonly number[]): void {
  times.forEach((time, index) => {
    const before = times[index - 1]
    if (before !== undefined && time <= before) throw strange('days are not in order')
  })
}

function missingDays(part: Window, collector: Collector): Day[] {
  return daysBetween(part.from, part.to) < 0 ? [] : daysOfWindow(part).filter((day) => !collector.seen.has(day))
}

function strange(what: string): ProviderError {
  return new ProviderError('unexpected_reply', 'usage', { note: `The usage reply is not what it should be: ${what}.` })
}
