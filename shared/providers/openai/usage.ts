import type { Day } from '../../domain/day.ts'
import { DayTableBuilder } from '../../data-sets/day-series/day-table-builder.ts'
import { usage, type UsageRow } from '../../data-sets/usage/usage.ts'
import { windowLength, type Window } from '../../domain/window.ts'
import type { SeriesReading, SeriesReadOptions } from '../provider.ts'
import { DayCoverage } from './day-coverage.ts'
import { rangesOf, readRanges } from '../http/concurrent-ranges.ts'
import { ReplyTooLargeError, unexpectedReply } from '../http/errors.ts'
import type { UsageBucket } from './schemas.ts'
import type { NextUsagePage, UsagePages } from './usage-page.ts'

/** OpenAI's maximum number of daily buckets per page. */
const MAX_DAYS_PER_PAGE = 31
/** Up to this many people, pages have all days. Above, a page has fewer, so days × people stays below the second limit. */
const PEOPLE_ON_FULL_PAGES = 5_000
const PEOPLE_TIMES_DAYS = 50_000
/** How much smaller the next page is after a reply was too large. It may have been far too large. */
const FEWER_DAYS = 4
const RANGES_AT_ONCE = 4
const MAX_PAGES = 100

interface UsageReadOptions extends SeriesReadOptions {
  /** For a page of one day, which cannot be split further. */
  readonly maxDayReplyBytes: number
}

/** What the concurrent readings of ranges share. */
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
 * Reads the window's usage of completions by user and model, in concurrent ranges. If one fails, the others are aborted.
 * https://platform.openai.com/docs/api-reference/usage/completions
 */
export async function readUsage(pages: UsagePages, window: Window, options: UsageReadOptions): Promise<SeriesReading> {
  const table = new DayTableBuilder(usage, window)
  let rows = 0
  let daysRead = 0
  const reading: Omit<Reading, 'signal'> = {
    pages,
    table,
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
  const ranges = rangesOf(window, MAX_DAYS_PER_PAGE)
  await readRanges(ranges, RANGES_AT_ONCE, (range, signal) => readRange({ ...reading, signal }, range))
  return { table: table.build(), rows, daysLeftOut: reading.daysLeftOut.toSorted() }
}

function daysPerPage(expectedPeople: number): number {
  if (expectedPeople <= PEOPLE_ON_FULL_PAGES) return MAX_DAYS_PER_PAGE
  return Math.max(1, Math.floor(PEOPLE_TIMES_DAYS / expectedPeople))
}

/**
 * Reads one range completely. Oversized pages are discarded; the remaining days are requested again at a quarter of the page
 * size. Stops when all days have arrived, even if OpenAI announces further pages.
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

/** Adds a page after it was parsed completely, so a page that is read again after a failure counts once. */
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
