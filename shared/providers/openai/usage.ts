import pLimit from 'p-limit'
import { addDays, type Day } from '../../domain/day.ts'
import { DayTableBuilder } from '../../data-sets/day-series/day-table-builder.ts'
import { usage, type UsageRow } from '../../data-sets/usage/usage.ts'
import { windowLength, type Window } from '../../domain/window.ts'
import type { SeriesReading } from '../provider.ts'
import { DayCoverage } from './day-coverage.ts'
import { ReplyTooLargeError, unexpectedReply } from '../http/errors.ts'
import type { UsageBucket } from './schemas.ts'
import type { NextUsagePage, UsagePages } from './usage-page.ts'

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
  readonly pages: UsagePages
  readonly table: DayTableBuilder<typeof usage>
  readonly signal: AbortSignal
  readonly today: Day
  readonly daysPerPage: number
  readonly maxDayReplyBytes: number
  readonly onRows: (rows: number, days: number) => void
  readonly daysLeftOut: Day[]
}

/**
 * The window's usage of completions by user and model, its ranges read at the same time. When one fails, the others
 * end too. https://platform.openai.com/docs/api-reference/usage/completions
 */
export async function readUsage(pages: UsagePages, window: Window, options: UsageReadOptions): Promise<SeriesReading> {
  const table = new DayTableBuilder(usage, window)
  const abort = new AbortController()
  let rows = 0
  let daysRead = 0
  const reading: Reading = {
    pages,
    table,
    signal: abort.signal,
    today: pages.today,
    daysPerPage: daysPerPage(options.expectedPeople ?? 0),
    maxDayReplyBytes: options.maxDayReplyBytes,
    onRows: (newRows, newDays) => {
      rows += newRows
      daysRead += newDays
      options.onPage?.(daysRead, windowLength(window))
    },
    daysLeftOut: [],
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
  return { table: table.build(), rows, daysLeftOut: reading.daysLeftOut.toSorted() }
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
 * Reads one range to its end. A reply too large is discarded, and the days that have not come are asked for again, a quarter
 * as many a page. Stops once all days have come: what OpenAI says of further pages does not matter then.
 */
async function readRange(reading: Reading, range: Window): Promise<void> {
  const coverage = new DayCoverage(range, reading.today)
  const tokens = new Set<string>()
  let asked = { from: range.from, limit: Math.min(reading.daysPerPage, windowLength(range)) }
  let next: NextUsagePage | null = null
  for (let page = 0; page < MAX_PAGES; page++) {
    const got = await getPage(reading, { from: asked.from, to: range.to }, asked.limit, next)
    if (got === 'too_large') {
      asked = {
        from: coverage.next,
        limit: fewerThan(Math.min(asked.limit, windowLength({ ...range, from: coverage.next }))),
      }
      next = null
      continue
    }
    const { reply, endsNow } = got
    const isLast = !reply.has_more
    takeIn(reading, coverage, reply.data, { endsNow, isLast })
    if (coverage.isComplete) {
      reading.daysLeftOut.push(...coverage.leftOut)
      return
    }
    if (reply.next_page === null) throw unexpectedReply('usage', 'more is announced, and nothing to ask for it by')
    if (tokens.has(reply.next_page)) throw unexpectedReply('usage', 'the pages go round in circles')
    next = { token: reply.next_page, endsNow }
    tokens.add(next.token)
  }
  throw unexpectedReply('usage', `more than ${MAX_PAGES} pages`)
}

async function getPage(reading: Reading, range: Window, limit: number, next: NextUsagePage | null) {
  const { pages, signal } = reading
  const maxReplyBytes = limit === 1 ? { maxReplyBytes: reading.maxDayReplyBytes } : {}
  const request = { range, limit, groupBy: ['user_id', 'model'], signal, ...maxReplyBytes }
  try {
    return await (next === null ? pages.getFirst(request) : pages.getNext(request, next))
  } catch (error) {
    if (error instanceof ReplyTooLargeError && limit > 1) return 'too_large'
    throw error
  }
}

/** Adds a page that was parsed as a whole, so that a page read again after a failure counts once. */
function takeIn(
  reading: Reading,
  coverage: DayCoverage,
  buckets: readonly UsageBucket[],
  { endsNow, isLast }: { readonly endsNow: boolean; readonly isLast: boolean },
): void {
  const before = coverage.daysRead
  let rows = 0
  for (const { day, bucket } of coverage.accept(buckets, { endsNow })) {
    for (const row of bucket.results) reading.table.add(usageRowOf(day, row))
    rows += bucket.results.length
  }
  if (isLast) coverage.finish()
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
