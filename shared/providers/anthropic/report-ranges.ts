import { isDeepStrictEqual } from 'node:util'
import { type Day, daysBetween } from '../../domain/day.ts'
import { ProviderError } from '../../domain/problem.ts'
import { isWithin, type Window, windowLength } from '../../domain/window.ts'
import { rangesOf, readConcurrently } from '../http/concurrent-ranges.ts'
import { unexpectedReply } from '../http/errors.ts'
import type { HttpClient } from '../http/http-client.ts'
import type { SeriesReadOptions } from '../provider.ts'
import { dayOfRow } from './analytics-schemas.ts'
import { type PageSequence, type Report, type ReportRow, startPages } from './report-pages.ts'

/** Anthropic has figures of this day and later ones. */
const FIRST_DAY: Day = '2026-01-01'
/** Anthropic's longest range. */
const MAX_DAYS = 31
/** With many people, ranges are shorter, since the pages of each are read one after the other. */
const PEOPLE_TIMES_DAYS = 20_000
const RANGES_AT_ONCE = 4
/** Ten million rows in a range. */
const MAX_PAGES = 10_000
/** After this many consecutive pages without rows, a report is considered endless. */
const EMPTY_PAGES_IN_A_ROW = 10
/** How often a range is read at most when its rows move meanwhile, or its pages break off. */
const READ_AT_MOST = 3

export interface ReportReadOptions extends SeriesReadOptions {
  /** Aborts the reading. */
  readonly signal?: AbortSignal
}

type OnRows<Row> = (day: Day, rows: readonly Row[]) => void

/** The days of a window that Anthropic has figures of. */
export function coveredDays({ from, to }: Window): Window {
  const first = from < FIRST_DAY ? FIRST_DAY : from
  return { from: first < to ? first : to, to }
}

/**
 * Reads a report in concurrent ranges. Days without usage have no rows. `onRows` is called with each day that has rows once, when
 * its range was read to the end. Returns the number of rows. Throws `ProviderError`.
 */
export async function readReport<Row extends ReportRow>(
  client: HttpClient,
  report: Report<Row>,
  { window, onRows }: { readonly window: Window; readonly onRows: OnRows<Row> },
  { expectedPeople = 0, onPage, signal: aborted }: ReportReadOptions,
): Promise<number> {
  const daysRead = new Map<Window, number>()
  const read = async (range: Window, signal: AbortSignal) => {
    const onDays = (days: number) => {
      daysRead.set(range, days)
      onPage?.(sumOf(daysRead.values()), windowLength(window))
    }
    const days = await readRange(report, range, { start: () => startPages(client, report, range, signal), onDays })
    for (const [day, rows] of days) onRows(day, rows)
    return sumOf([...days.values()].map(({ length }) => length))
  }
  const ranges = rangesOf(window, daysPerRange(expectedPeople))
  return sumOf(await readConcurrently(ranges, RANGES_AT_ONCE, read, aborted))
}

/** Null for a report that the organization does not have. */
export async function ifOffered<Result>(reading: Promise<Result>): Promise<Result | null> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'data_set_unavailable') return null
    throw error
  }
}

function daysPerRange(expectedPeople: number): number {
  const days = Math.floor(PEOPLE_TIMES_DAYS / Math.max(expectedPeople, 1))
  return Math.min(MAX_DAYS, Math.max(1, days))
}

interface RangeReader<Row> {
  /** Requests the first page. */
  readonly start: () => Promise<PageSequence<Row>>
  /** Called after each page with the number of days before that of its last row. */
  readonly onDays: (days: number) => void
}

/** The rows of a range by day. When they move while they are read, some could be missed, and they are read again. */
async function readRange<Row extends ReportRow>(
  report: Report<Row>,
  range: Window,
  { start, onDays }: RangeReader<Row>,
): Promise<ReadonlyMap<Day, readonly Row[]>> {
  for (let attempt = 0; attempt < READ_AT_MOST; attempt++) {
    const rows = new RangeRows(report, range)
    const isWhole = await readPages(report, rows, { start, onDays })
    if (!isWhole) continue
    onDays(windowLength(range))
    return rows.byDay
  }
  throw unexpectedReply(report.dataSet, 'its rows move, or its pages break off, each time that it is read')
}

/** Reads all pages of a range. False if a row occurred twice, or if a page was refused. */
async function readPages<Row extends ReportRow>(
  { dataSet }: Report<Row>,
  rows: RangeRows<Row>,
  { start, onDays }: RangeReader<Row>,
): Promise<boolean> {
  const tokens = new Set<string>()
  let emptyPages = 0
  const pages = await start()
  let page: PageSequence<Row>['first'] | null = pages.first
  while (tokens.size < MAX_PAGES) {
    if (page === null || !rows.take(page.data)) return false
    if (!page.has_more) return true
    onDays(rows.daysBeforeLast)
    emptyPages = page.data.length === 0 ? emptyPages + 1 : 0
    if (emptyPages === EMPTY_PAGES_IN_A_ROW) throw unexpectedReply(dataSet, 'pages without rows have no end')
    const token: string | null = page.next_page
    if (token === null) throw unexpectedReply(dataSet, 'more is announced, and nothing to ask for it by')
    if (tokens.has(token)) throw unexpectedReply(dataSet, 'the pages go round in circles')
    tokens.add(token)
    page = await pages.next(token)
  }
  throw unexpectedReply(dataSet, `more than ${MAX_PAGES} pages`)
}

/** The rows of one range that have arrived. */
class RangeRows<Row extends ReportRow> {
  readonly byDay = new Map<Day, Row[]>()
  /** The number of days of the range before that of the last row. */
  daysBeforeLast = 0
  private readonly report: Report<Row>
  private readonly range: Window
  private readonly identities = new Set<string>()
  /** The last row of the page before. */
  private last: Row | undefined

  constructor(report: Report<Row>, range: Window) {
    this.report = report
    this.range = range
  }

  /**
   * Adds the rows of a page. False if one of them occurred before, as far as that is known: a row that can occur several times
   * must not be the last one of the page before. Throws `ProviderError` for a day that was
   * not requested.
   */
  take(rows: readonly Row[]): boolean {
    if (this.last !== undefined && isDeepStrictEqual(rows[0], this.last)) return false
    this.last = rows.at(-1) ?? this.last
    for (const row of rows) {
      const day = this.dayOf(row)
      if (!this.isNew(day, row)) return false
      const ofDay = this.byDay.get(day) ?? []
      ofDay.push(row)
      this.byDay.set(day, ofDay)
      this.daysBeforeLast = daysBetween(this.range.from, day)
    }
    return true
  }

  private dayOf(row: Row): Day {
    const day = dayOfRow(row)
    if (day === null) throw unexpectedReply(this.report.dataSet, 'a row begins within a day')
    if (!isWithin(day, this.range)) throw unexpectedReply(this.report.dataSet, `the day ${day} was not asked for`)
    return day
  }

  private isNew(day: Day, row: Row): boolean {
    const identity = this.report.identityOf(row)
    if (identity === null) return true
    const before = this.identities.size
    this.identities.add(`${day} ${identity}`)
    return this.identities.size > before
  }
}

function sumOf(numbers: Iterable<number>): number {
  let sum = 0
  for (const number of numbers) sum += number
  return sum
}
