import type { Day } from '../../domain/day.ts'
import { windowLength, type Window } from '../../domain/window.ts'
import { rangesOf, readConcurrently } from '../http/concurrent-ranges.ts'
import { ReplyTooLargeError, RequestRefusedError, unexpectedReply } from '../http/errors.ts'
import type { SeriesReading, SeriesReadOptions } from '../provider.ts'
import { type DayBucket, DayCoverage } from './day-coverage.ts'
import type { ArrivedDayPage, DayPages, NextDayPage } from './day-pages.ts'

/** OpenAI's maximum number of daily buckets per page. */
const MAX_DAYS_PER_PAGE = 31
/** Up to this many people, pages have all days. Above, a page has fewer, so days × people stays below the second limit. */
const PEOPLE_ON_FULL_PAGES = 5_000
const PEOPLE_TIMES_DAYS = 50_000
/** How much smaller the next page is after a reply was too large. It may have been far too large. */
const FEWER_DAYS = 4
const RANGES_AT_ONCE = 4
const MAX_PAGES = 100

export interface DayReadOptions extends SeriesReadOptions {
  /** For a page of one day, which cannot be split further. */
  readonly maxDayReplyBytes: number
  /** Aborts the reading. */
  readonly signal?: AbortSignal
}

/** How a report is grouped, and what happens with its days. */
interface DayReader<Row> {
  readonly groupBy: readonly string[]
  /** Called with each day once. */
  readonly onDay: (day: Day, rows: readonly Row[]) => void
}

/** What the concurrent readings of ranges share. */
interface Reading<Row> extends DayReader<Row> {
  readonly pages: DayPages<Row>
  readonly signal: AbortSignal
  readonly today: Day
  readonly daysPerPage: number
  readonly maxDayReplyBytes: number
  readonly onRows: (rows: number, days: number) => void
  readonly daysLeftOut: Day[]
}

/** Reads a window of a report, in concurrent ranges. If one fails, the others are aborted. */
export async function readDays<Row>(
  pages: DayPages<Row>,
  window: Window,
  { groupBy, onDay }: DayReader<Row>,
  { expectedPeople = 0, onPage, maxDayReplyBytes, signal: aborted }: DayReadOptions,
): Promise<Omit<SeriesReading, 'table'>> {
  let rows = 0
  let daysRead = 0
  const reading: Omit<Reading<Row>, 'signal'> = {
    pages,
    groupBy,
    onDay,
    today: pages.today,
    daysPerPage: daysPerPage(expectedPeople),
    maxDayReplyBytes,
    onRows: (newRows, newDays) => {
      rows += newRows
      daysRead += newDays
      onPage?.(daysRead, windowLength(window))
    },
    daysLeftOut: [],
  }
  const ranges = rangesOf(window, MAX_DAYS_PER_PAGE)
  await readConcurrently(ranges, RANGES_AT_ONCE, (range, signal) => readRange({ ...reading, signal }, range), aborted)
  return { rows, daysLeftOut: reading.daysLeftOut.toSorted() }
}

function daysPerPage(expectedPeople: number): number {
  if (expectedPeople <= PEOPLE_ON_FULL_PAGES) return MAX_DAYS_PER_PAGE
  return Math.max(1, Math.floor(PEOPLE_TIMES_DAYS / expectedPeople))
}

/**
 * Reads one range completely. Oversized pages are discarded; the remaining days are requested again at a quarter of the page
 * size. Stops when all days have arrived, even if OpenAI announces further pages.
 */
async function readRange<Row>(reading: Reading<Row>, range: Window): Promise<void> {
  const { dataSet } = reading.pages.report
  const coverage = new DayCoverage(dataSet, range, reading.today)
  const tokens = new Set<string>()
  let asked = { from: range.from, limit: Math.min(reading.daysPerPage, windowLength(range)) }
  let next: NextDayPage | null = null
  for (let page = 0; page < MAX_PAGES; page++) {
    const unread = { from: asked.from, to: range.to }
    const got: ArrivedDayPage<Row> | 'too_large' | 'no_more' = await getPage(reading, unread, asked.limit, next)
    if (got === 'no_more') {
      coverage.finish()
      reading.daysLeftOut.push(...coverage.leftOut)
      return
    }
    if (got === 'too_large') {
      asked = {
        from: coverage.next,
        limit: fewerThan(Math.min(asked.limit, windowLength({ ...range, from: coverage.next }))),
      }
      next = null
      continue
    }
    const { reply, endsNow }: ArrivedDayPage<Row> = got
    const isLast = !reply.has_more
    takeIn(reading, coverage, reply.data, { endsNow, isLast })
    if (coverage.isComplete) {
      reading.daysLeftOut.push(...coverage.leftOut)
      return
    }
    if (reply.next_page === null) throw unexpectedReply(dataSet, 'more is announced, and nothing to ask for it by')
    if (tokens.has(reply.next_page)) throw unexpectedReply(dataSet, 'the pages go round in circles')
    next = { token: reply.next_page, endsNow, isAfterEmptyPage: reply.data.length === 0 }
    tokens.add(next.token)
  }
  throw unexpectedReply(dataSet, `more than ${MAX_PAGES} pages`)
}

async function getPage<Row>(
  reading: Reading<Row>,
  range: Window,
  limit: number,
  next: NextDayPage | null,
): Promise<ArrivedDayPage<Row> | 'too_large' | 'no_more'> {
  const { pages, groupBy, signal } = reading
  const maxReplyBytes = limit === 1 ? { maxReplyBytes: reading.maxDayReplyBytes } : {}
  const request = { range, limit, groupBy, signal, ...maxReplyBytes }
  try {
    return await (next === null ? pages.getFirst(request) : pages.getNext(request, next))
  } catch (error) {
    if (error instanceof ReplyTooLargeError && limit > 1) return 'too_large'
    if (error instanceof RequestRefusedError && next?.isAfterEmptyPage === true) return 'no_more'
    throw error
  }
}

/** Adds a page after it was parsed completely, so a page that is read again after a failure counts once. */
function takeIn<Row>(
  reading: Reading<Row>,
  coverage: DayCoverage,
  buckets: readonly DayBucket<Row>[],
  { endsNow, isLast }: { readonly endsNow: boolean; readonly isLast: boolean },
): void {
  const before = coverage.daysRead
  let rows = 0
  for (const { day, bucket } of coverage.accept(buckets, { endsNow })) {
    reading.onDay(day, bucket.results)
    rows += bucket.results.length
  }
  if (isLast) coverage.finish()
  reading.onRows(rows, coverage.daysRead - before)
}

function fewerThan(days: number): number {
  return Math.max(1, Math.floor(days / FEWER_DAYS))
}
