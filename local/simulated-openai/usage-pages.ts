import { ApiError } from '../simulation/api-error.ts'
import type { Company } from './company.ts'
import { reportPage } from '../simulation/report-pages.ts'
import { numberFrom } from './query.ts'
import type { Switches } from './switches.ts'
import { type Bucket, bucketsOf } from './usage-buckets.ts'
import { type AttributedRow, COMPLETIONS, resultsMaker, withoutSomeUsers } from './usage-results.ts'
import { KINDS } from './usage-kinds.ts'
import { MS_PER_DAY } from '../../shared/domain/day.ts'
import { unixSecondsOf } from '../simulation/utc.ts'

const DEFAULT_BUCKETS = 7
const MAX_BUCKETS = 31
const LOOKBACK_DAYS = 365
const ANY_TIME = { min: 0, max: 99_999_999_999 }

/** A page whose buckets are generated while they are sent, because those of a large company do not fit into memory. */
export interface UsagePage {
  readonly object: 'page'
  readonly data: Iterable<unknown>
  readonly has_more: boolean
  readonly next_page: string | null
}

/** What a query for days is answered from. */
export interface DaySource {
  readonly query: URLSearchParams
  readonly company: Company
  readonly switches: Switches
  readonly now: Date
}

/** Answers a query for usage of completions in daily buckets. Throws `ApiError` for requests that OpenAI rejects. */
export function completionsPage(source: DaySource): UsagePage {
  const { query, company, now } = source
  return usagePage(source, resultsMaker(query, COMPLETIONS), (from, to) => company.rowsOf(from, to, now))
}

/** The same for another kind. */
export function kindPage(name: string, source: DaySource): UsagePage {
  const { query, company, switches, now } = source
  const kind = KINDS.find((each) => each.name === name)
  const status = switches.kindsRefused[name]
  if (kind === undefined || status === 404) throw new ApiError(404, `Invalid URL (GET ${name})`, 'unknown_url')
  if (status !== undefined) throw new ApiError(status, `Usage of ${name} is not available to this organization.`)
  const resultsOf = resultsMaker(query, kind.report, name === 'decisions' && switches.decisionsNull)
  return usagePage(source, resultsOf, (from, to) => company.kindRowsOf(kind, from, to, now))
}

function usagePage<Row extends AttributedRow>(
  source: DaySource,
  resultsOf: (rows: readonly Row[]) => unknown[],
  rowsOf: (fromMs: number, toMs: number) => readonly Row[],
): UsagePage {
  const { rowsWithoutUser } = source.switches
  return dayPage(source, MAX_BUCKETS, ({ from, to }) =>
    resultsOf(withoutSomeUsers(rowsOf(from, to), rowsWithoutUser, from)),
  )
}

/** Answers a query for a report in daily buckets. */
export function dayPage(
  { query, switches, now }: DaySource,
  maxBuckets: number,
  resultsOf: (bucket: Bucket) => unknown[],
): UsagePage {
  const { startMs, endMs, limit } = rangeOf(query, now, { ...switches, maxBuckets })
  const page = reportPage(query, bucketsOf(startMs, endMs, now, switches), limit, switches)
  const dataOf = (bucket: Bucket) => ({
    object: 'bucket',
    start_time: unixSecondsOf(bucket.from),
    end_time: unixSecondsOf(bucket.to),
    results: resultsOf(bucket),
  })
  return {
    object: 'page',
    data: bucketData(page.items, dataOf, switches.emptyDaysOmitted),
    has_more: page.has_more,
    next_page: page.next_page,
  }
}

function* bucketData(
  buckets: readonly Bucket[],
  dataOf: (bucket: Bucket) => { readonly results: readonly unknown[] },
  leavesOutEmpty: boolean,
): Generator {
  for (const bucket of buckets) {
    const data = dataOf(bucket)
    if (data.results.length > 0 || !leavesOutEmpty) yield data
  }
}

function rangeOf(
  query: URLSearchParams,
  now: Date,
  { futureEndRefused, maxBuckets }: Switches & { readonly maxBuckets: number },
): { startMs: number; endMs: number; limit: number } {
  const startMs = numberFrom(query, 'start_time', ANY_TIME) * 1000
  const endMs = numberFrom(query, 'end_time', { ...ANY_TIME, otherwise: Math.ceil(now.getTime() / 1000) }) * 1000
  const limit = numberFrom(query, 'limit', { min: 1, max: maxBuckets, otherwise: DEFAULT_BUCKETS })
  if ((query.get('bucket_width') ?? '1d') !== '1d') {
    throw new ApiError(400, "Invalid 'bucket_width': this organization is simulated by the day only.", 'invalid_value')
  }
  if (query.has('end_time') && endMs <= startMs) {
    throw new ApiError(400, "'end_time' must be after 'start_time'.", 'invalid_value')
  }
  if (futureEndRefused && query.has('end_time') && endMs > now.getTime()) {
    throw new ApiError(400, "'end_time' must not lie in the future.", 'invalid_value')
  }
  if (startMs < now.getTime() - LOOKBACK_DAYS * MS_PER_DAY) {
    throw new ApiError(400, `Usage reaches back ${LOOKBACK_DAYS} days only.`, 'reporting_lookback_exceeded')
  }
  return { startMs, endMs, limit }
}
