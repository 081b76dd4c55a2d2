import { addDays, dayOf, startOfDay } from '../../domain/day.ts'
import { ProviderError } from '../../domain/problem.ts'
import type { Window } from '../../domain/window.ts'
import { RequestRefusedError } from '../http/errors.ts'
import type { ApiRequest, HttpClient } from '../http/http-client.ts'

/** Anthropic's maximum number of rows on a page. */
const ROWS_PER_PAGE = 1_000
/** The statuses that refuse a valid request: an organization with HIPAA readiness gets 400. */
const NOT_AVAILABLE = [400, 404]
/** Usage and cost need this header while they are in beta. */
const BETA = { 'anthropic-beta': 'analytics-usage-cost-2026-08-24' }

export interface ReportRow {
  /** ISO 8601 UTC. */
  readonly starting_at: string
}

interface ReportPage<Row> {
  readonly data: readonly Row[]
  readonly has_more: boolean
  readonly next_page: string | null
}

/** A report of usage or cost by day. */
export interface Report<Row extends ReportRow> extends Pick<
  ApiRequest<ReportPage<Row>>,
  'dataSet' | 'schema' | 'numbersAsText'
> {
  readonly path: 'usage' | 'cost'
  readonly groupBy: readonly string[]
  /** What no other row of the day has. Null for a row that can occur several times, as those of unknown identities do. */
  readonly identityOf: (row: Row) => string | null
}

/** A sequence of pages. A token is only valid with the parameters of the first page. */
export interface PageSequence<Row> {
  readonly first: ReportPage<Row>
  /** Requests the page with a token. Null if it is refused: the sequence cannot be continued. */
  next(token: string): Promise<ReportPage<Row> | null>
}

/**
 * Requests the first page of a range of at most 31 days. Throws `ProviderError` with `data_set_unavailable` if it is refused: the
 * organization has no such report. Whether the end can be in the future is not documented, so one that is refused is requested
 * again with an end at now. https://docs.claude.com/en/api/admin-api/analytics/usage
 */
export async function startPages<Row extends ReportRow>(
  client: HttpClient,
  report: Report<Row>,
  range: Window,
  signal?: AbortSignal,
): Promise<PageSequence<Row>> {
  const start = startOfDay(range.from)
  const end = startOfDay(addDays(range.to, 1))
  const now = client.now()
  const ends = start < now && now < end ? [end, now] : [end]
  let refusal: unknown
  for (const each of ends) {
    const get = (page: { readonly limit: number; readonly token?: string }) =>
      client.get({ ...request(report, { start, end: each }, page), ...(signal !== undefined && { signal }) })
    try {
      const first = await get({ limit: ROWS_PER_PAGE })
      return { first, next: (token) => nullIfRefused(get({ limit: ROWS_PER_PAGE, token })) }
    } catch (error) {
      if (!isRefusal(error)) throw error
      refusal = error
    }
  }
  throw unavailable(report, refusal)
}

/** Sends the smallest request that shows that the key can read the report: for a row of yesterday, a day that has ended. */
export async function checkReport<Row extends ReportRow>(
  client: HttpClient,
  report: Report<Row>,
  now: Date,
): Promise<void> {
  const end = startOfDay(dayOf(now))
  const start = startOfDay(addDays(dayOf(now), -1))
  try {
    await client.get(request(report, { start, end }, { limit: 1 }))
  } catch (error) {
    throw isRefusal(error) ? unavailable(report, error) : error
  }
}

function request<Row extends ReportRow>(
  { dataSet, path, schema, groupBy, numbersAsText = false }: Report<Row>,
  { start, end }: { readonly start: Date; readonly end: Date },
  { limit, token }: { readonly limit: number; readonly token?: string },
): ApiRequest<ReportPage<Row>> {
  const query: [string, string][] = [
    ['starting_at', start.toISOString()],
    ['ending_at', end.toISOString()],
    ['time_bucket_width', '1d'],
    ...groupBy.map((name): [string, string] => ['group_by[]', name]),
    // An order by a metric moves while it is read.
    ['order_by', 'time'],
    ['order', 'asc'],
    ['limit', String(limit)],
  ]
  if (token !== undefined) query.push(['page', token])
  return { dataSet, path: `/v1/organizations/analytics/${path}`, query, schema, headers: BETA, numbersAsText }
}

async function nullIfRefused<Page>(page: Promise<Page>): Promise<Page | null> {
  try {
    return await page
  } catch (error) {
    if (isRefusal(error)) return null
    throw error
  }
}

function isRefusal(error: unknown): error is RequestRefusedError {
  return error instanceof RequestRefusedError && NOT_AVAILABLE.includes(error.status)
}

function unavailable({ dataSet }: { readonly dataSet: string }, cause: unknown): ProviderError {
  return new ProviderError('data_set_unavailable', dataSet, { cause })
}
