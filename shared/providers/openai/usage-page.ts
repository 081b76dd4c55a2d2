import { addDays, dayOf, startOfDay, type Day } from '../../domain/day.ts'
import type { Window } from '../../domain/window.ts'
import type { HttpClient } from '../http/http-client.ts'
import { RequestRefusedError } from '../http/errors.ts'
import { usagePageSchema } from './schemas.ts'

/** One page of usage, from the start of one day to the end of another. */
interface UsagePageRequest {
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
export interface NextUsagePage {
  readonly token: string
  readonly endsNow: boolean
}

/** The statuses that refuse a request for its parameters. */
const REFUSED_PARAMETERS = [400, 422]

/**
 * Reads pages of usage. Today's usage is requested up to midnight, which is in the future and can be refused. Then this and
 * all later requests end at now. This was reported once; OpenAI does not document it.
 * https://platform.openai.com/docs/api-reference/usage/completions
 */
export class UsagePages {
  private readonly client: HttpClient
  private isFutureRefused = false

  constructor(client: HttpClient) {
    this.client = client
  }

  /** The current UTC day. */
  get today(): Day {
    return dayOf(this.client.now())
  }

  /** Requests the first page of a sequence. With `endsNow` it can contain days after the range if midnight passes meanwhile. */
  async getFirst(request: UsagePageRequest) {
    const endsInFuture = endOf(request.range) > this.client.now()
    if (endsInFuture && this.isFutureRefused) return { reply: await this.get(request, true), endsNow: true }
    try {
      return { reply: await this.get(request, false), endsNow: false }
    } catch (error) {
      const isRefused = error instanceof RequestRefusedError && REFUSED_PARAMETERS.includes(error.status)
      if (!endsInFuture || !isRefused) throw error
    }
    const reply = await this.get(request, true)
    this.isFutureRefused = true
    return { reply, endsNow: true }
  }

  /** Requests a page after the first. */
  async getNext(request: UsagePageRequest, { token, endsNow }: NextUsagePage) {
    return { reply: await this.get(request, endsNow, token), endsNow }
  }

  private get({ range, limit, groupBy, ...request }: UsagePageRequest, endsNow: boolean, token?: string) {
    const query: [string, string][] = [
      ['start_time', unixSecondsOf(startOfDay(range.from))],
      // Without an end, a reply ends at now by OpenAI's clock, not by this machine's.
      ...(endsNow ? [] : [['end_time', unixSecondsOf(endOf(range))] as [string, string]]),
      ['bucket_width', '1d'],
      ...groupBy.map((name): [string, string] => ['group_by[]', name]),
      ['limit', String(limit)],
    ]
    if (token !== undefined) query.push(['page', token])
    const path = '/organization/usage/completions'
    return this.client.get({ dataSet: 'usage', path, query, schema: usagePageSchema, ...request })
  }
}

/** The end of a range of days, exclusive. */
function endOf(range: { readonly to: Day }): Date {
  return startOfDay(addDays(range.to, 1))
}

function unixSecondsOf(instant: Date): string {
  return String(instant.getTime() / 1000)
}
