import { addDays, dayOf, startOfDay, type Day } from '../../domain/day.ts'
import type { Window } from '../../domain/window.ts'
import type { ApiRequest, HttpClient } from '../http/http-client.ts'
import { RequestRefusedError } from '../http/errors.ts'
import type { DayBucket } from './day-coverage.ts'

/** A report by day: where it is, and how its pages are parsed. */
export type DayReport<Row> = Pick<ApiRequest<DayPage<Row>>, 'dataSet' | 'path' | 'schema' | 'numbersAsText'>

interface DayPage<Row> {
  readonly data: readonly DayBucket<Row>[]
  readonly has_more: boolean
  readonly next_page: string | null
}

/** One page of a report, from the start of one day to the end of another. */
interface DayPageRequest {
  readonly range: Window
  /** The maximum number of days on the page. */
  readonly limit: number
  readonly groupBy: readonly string[]
  readonly maxReplyBytes?: number
  readonly signal?: AbortSignal
}

/**
 * How a sequence of pages continues. A token is only valid with the parameters of the first request, so all pages of a
 * sequence have the same end: the range's, or OpenAI's current time.
 */
export interface NextDayPage {
  readonly token: string
  readonly endsNow: boolean
  /** OpenAI was reported to announce a page after an empty one, and then to refuse its token. Nothing is left to read then. */
  readonly isAfterEmptyPage: boolean
}

/** The statuses that refuse a request for its parameters. */
const REFUSED_PARAMETERS = [400, 422]

/** A page, and whether it ends at OpenAI's current time. */
export interface ArrivedDayPage<Row> {
  readonly reply: DayPage<Row>
  readonly endsNow: boolean
}

/** Whether an end in the future was refused. The reports of an organization share it. */
export interface FutureEnds {
  isRefused: boolean
}

/**
 * Reads pages of a report. Today is requested up to midnight, which is in the future and can be refused. Then this and all later
 * requests end at now. This was reported once; OpenAI does not document it.
 * https://platform.openai.com/docs/api-reference/usage
 */
export class DayPages<Row> {
  readonly report: DayReport<Row>
  private readonly client: HttpClient
  private readonly futureEnds: FutureEnds

  constructor(client: HttpClient, report: DayReport<Row>, futureEnds: FutureEnds) {
    this.client = client
    this.report = report
    this.futureEnds = futureEnds
  }

  /** The current UTC day. */
  get today(): Day {
    return dayOf(this.client.now())
  }

  /** Sends the smallest request that shows that the key can read the report. */
  async check(now: Date): Promise<void> {
    const today = dayOf(now)
    await this.getFirst({ range: { from: today, to: today }, limit: 1, groupBy: [] })
  }

  /** Requests the first page of a sequence. With `endsNow` it can contain days after the range if midnight passes meanwhile. */
  async getFirst(request: DayPageRequest): Promise<ArrivedDayPage<Row>> {
    const endsInFuture = endOf(request.range) > this.client.now()
    if (endsInFuture && this.futureEnds.isRefused) return { reply: await this.get(request, true), endsNow: true }
    try {
      return { reply: await this.get(request, false), endsNow: false }
    } catch (error) {
      const isRefused = error instanceof RequestRefusedError && REFUSED_PARAMETERS.includes(error.status)
      if (!endsInFuture || !isRefused) throw error
    }
    const reply = await this.get(request, true)
    this.futureEnds.isRefused = true
    return { reply, endsNow: true }
  }

  /** Requests a page after the first. */
  async getNext(request: DayPageRequest, { token, endsNow }: NextDayPage): Promise<ArrivedDayPage<Row>> {
    return { reply: await this.get(request, endsNow, token), endsNow }
  }

  private get({ range, limit, groupBy, ...request }: DayPageRequest, endsNow: boolean, token?: string) {
    const query: [string, string][] = [
      ['start_time', unixSecondsOf(startOfDay(range.from))],
      // Without an end, a reply ends at now by OpenAI's clock, not by this machine's.
      ...(endsNow ? [] : [['end_time', unixSecondsOf(endOf(range))] as [string, string]]),
      ['bucket_width', '1d'],
      ...groupBy.map((name): [string, string] => ['group_by[]', name]),
      ['limit', String(limit)],
    ]
    if (token !== undefined) query.push(['page', token])
    return this.client.get({ ...this.report, query, ...request })
  }
}

/** The end of a range of days, exclusive. */
function endOf(range: { readonly to: Day }): Date {
  return startOfDay(addDays(range.to, 1))
}

function unixSecondsOf(instant: Date): string {
  return String(instant.getTime() / 1000)
}
