import pLimit from 'p-limit'
import { addDays, dayOf, startOfDay, type Day } from '../domain/day.ts'
import { UsageTableBuilder } from '../domain/usage-table-builder.ts'
import type { UsageRow } from '../domain/usage-table.ts'
import { windowLength, type Window } from '../domain/window.ts'
import type { UsageReading } from '../ports/organization.ts'
import type { AdminApiClient } from './admin-api-client.ts'
import { DayCoverage } from './day-coverage.ts'
import { ReplyTooLargeError, unexpectedReply } from './errors.ts'
import { usagePageSchema, type UsageBucket } from './schemas.ts'

/** The most buckets of a day that a page may hold. */
const MAX_DAYS_PER_PAGE = 31
/** With more people than these, a page covers so few days that it holds no more than so many days of people. */
const PEOPLE_ON_FULL_PAGES = 5_000
const PEOPLE_TIMES_DAYS = 50_000
/** A reply that was too large may be far too large: then the next one asks for so much less. */
const FEWER_DAYS = 4
const RANGES_AT_ONCE = 4
const MAX_PAGES = 100

export interface UsageReadOptions {
  readonly expectedPeople?: number
  readonly onPage?: (daysRead: number, days: number) => void
  /** For a page of one day, which cannot be asked for in smaller parts. */
  readonly maxDayReplyBytes: number
}

/** What the reading of one range shares with the others. */
interface Reading {
  readonly client: AdminApiClient
  readonly table: UsageTableBuilder
  readonly signal: AbortSignal
  readonly today: Day
  readonly daysPerPage: number
  readonly maxDayReplyBytes: number
  readonly onRows: (rows: number, days: number) => void
}

/**
 * The window's usage of completions by user and model, its ranges read at the same time. When one fails, the others
 * end too. https://platform.openai.com/docs/api-reference/usage/completions
 */
export async function readUsage(
  client: AdminApiClient,
  window: Window,
  options: UsageReadOptions,
): Promise<UsageReading> {
  const table = new UsageTableBuilder(window)
  const abort = new AbortController()
  let rows = 0
  let daysRead = 0
  const reading: Reading = {
    client,
    table,
    signal: abort.signal,
    today: dayOf(client.now()),
    daysPerPage: daysPerPage(options.expectedPeople ?? 0),
    maxDayReplyBytes: options.maxDayReplyBytes,
    onRows: (newRows, newDays) => {
      rows += newRows
      daysRead += newDays
      options.onPage?.(daysRead, windowLength(window))
    },
  }
  const limit = pLimit(RANGES_AT_ONCE)
  const reads = rangesOf(window).map((range) => limit(() => readRange(reading, range)))
  try {
    await Promise.all(reads)
  } catch (error) {
    abort.abort()
    await Promise.allSettled(reads)
    throw error
  }
  return { table: table.build(), rows }
}

/** One page of usage, from the beginning of one day to the end of another. Without `page`, the first. */
export function getUsagePage(
  client: AdminApiClient,
  range: Window,
  options: {
    limit: number
    groupBy: readonly string[]
    page?: string | null
    maxReplyBytes?: number
    signal?: AbortSignal
  },
) {
  const { limit, groupBy, page, ...request } = options
  const query: [string, string][] = [
    ['start_time', unixSecondsOf(range.from)],
    ['end_time', unixSecondsOf(addDays(range.to, 1))],
    ['bucket_width', '1d'],
    ...groupBy.map((name): [string, string] => ['group_by[]', name]),
    ['limit', String(limit)],
  ]
  if (typeof page === 'string') query.push(['page', page])
  const path = '/organization/usage/completions'
  return client.get({ dataset: 'usage', path, query, schema: usagePageSchema, ...request })
}

/** Cuts a window into as few ranges of at most 31 days as do, the longest at most a day longer than the shortest. */
function rangesOf(window: Window): Window[] {
  const days = windowLength(window)
  const count = Math.ceil(days / MAX_DAYS_PER_PAGE)
  const startOf = (index: number) => addDays(window.from, Math.ceil((index * days) / count))
  return Array.from({ length: count }, (_, index) => ({ from: startOf(index), to: addDays(startOf(index + 1), -1) }))
}

function daysPerPage(expectedPeople: number): number {
  if (expectedPeople <= PEOPLE_ON_FULL_PAGES) return MAX_DAYS_PER_PAGE
  return Math.max(1, Math.floor(PEOPLE_TIMES_DAYS / expectedPeople))
}

/**
 * Reads one range to its end. A reply too large is let go, and the days that have not come are asked for afresh, a quarter
 * as many a page. Stops once all days have come: what OpenAI says of further pages does not matter then.
 */
async function readRange(reading: Reading, range: Window): Promise<void> {
  const coverage = new DayCoverage(range, reading.today)
  const tokens = new Set<string>()
  let asked = { from: range.from, limit: Math.min(reading.daysPerPage, windowLength(range)) }
  let page: string | null = null
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const reply = await getPage(reading, { from: asked.from, to: range.to }, asked.limit, page)
    if (reply === 'too_large') {
      asked = {
        from: coverage.next,
        limit: fewerThan(Math.min(asked.limit, windowLength({ ...range, from: coverage.next }))),
      }
      page = null
      continue
    }
    takeIn(reading, coverage, reply.data)
    if (coverage.isComplete) return
    if (!reply.has_more) return coverage.finish()
    page = reply.next_page
    if (page === null) throw unexpectedReply('usage', 'more is announced, and nothing to ask for it by')
    if (tokens.has(page)) throw unexpectedReply('usage', 'the pages go round in circles')
    tokens.add(page)
  }
  throw unexpectedReply('usage', `more than ${MAX_PAGES} pages`)
}

async function getPage(reading: Reading, range: Window, limit: number, page: string | null) {
  const { client, signal } = reading
  const maxReplyBytes = limit === 1 ? { maxReplyBytes: reading.maxDayReplyBytes } : {}
  try {
    return await getUsagePage(client, range, { limit, groupBy: ['user_id', 'model'], page, signal, ...maxReplyBytes })
  } catch (error) {
    if (error instanceof ReplyTooLargeError && limit > 1) return 'too_large'
    throw error
  }
}

/** Adds a page that was parsed as a whole, so that a page read again after a failure counts once. */
function takeIn(reading: Reading, coverage: DayCoverage, buckets: readonly UsageBucket[]): void {
  const before = coverage.daysRead
  let rows = 0
  for (const { day, bucket } of coverage.accept(buckets)) {
    for (const row of bucket.results) reading.table.add(usageRowOf(day, row))
    rows += bucket.results.length
  }
  reading.onRows(rows, coverage.daysRead - before)
}

function usageRowOf(day: Day, row: UsageBucket['results'][number]): UsageRow {
  return {
    day,
    userId: row.user_id?.trim() ? row.user_id : null,
    model: row.model?.trim() || 'unknown',
    requests: row.num_model_requests,
    inputTokens: row.input_tokens,
    cachedInputTokens: row.input_cached_tokens ?? 0,
    outputTokens: row.output_tokens,
  }
}

function fewerThan(days: number): number {
  return Math.max(1, Math.floor(days / FEWER_DAYS))
}

function unixSecondsOf(day: Day): string {
  return String(startOfDay(day).getTime() / 1000)
}
