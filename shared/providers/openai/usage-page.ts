import { addDays, dayOf, startOfDay, type Day } from '../../domain/day.ts'
import type { Window } from '../../domain/window.ts'
import type { HttpClient } from '../http/http-client.ts'
import { RequestRefusedError } from '../http/errors.ts'
import { usagePageSchema } from './schemas.ts'

/** One page of usage, from the beginning of one day to the end of another. */
export interface UsagePageRequest {
  readonly range: Window
  /** The most days that the page may hold. */
  readonly limit: number
  readonly groupBy: readonly string[]
  readonly maxReplyBytes?: number
  readonly signal?: AbortSignal
}

/**
 * Where a sequence of pages goes on. A token is good only with the parameters that it was given for, so the pages of one
 * sequence all end where the first one did: with the range, or with OpenAI's now.
 */
export interface NextUsagePage {
  readonly token: string
  readonly endsNow: boolean
}

/** The statuses by which a request is refused for what it asks. */
const REFUSED_PARAMETERS = [400, 422]

/**
 * Reads pages of usage. Today's usage is asked for up to midnight, which lies in the future, and that may be refused: then
 * the same is asked for up to now, and so is everything after it. One report says so; OpenAI does not document it.
 * https://platform.openai.com/docs/api-reference/usage/completions
 */
export class UsagePages {
  private readonly client: HttpClient
  private isFutureRefused = false

  constructor(client: HttpClient) {
    this.client = client
  }

  /** The UTC day that it is now. */
  get today(): Day {
    return dayOf(this.client.now())
  }

  /** The first page of a sequence. With `endsNow` it may hold days after the range, when midnight passes meanwhile. */
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

  /** A page after the first. */
  async getNext(request: UsagePageRequest, { token, endsNow }: NextUsagePage) {
    return { reply: await this.get(request, endsNow, token), endsNow }
  }

  private get({ range, limit, groupBy, ...request }: UsagePageRequest, endsNow: boolean, token?: string) {
    const query: [string, string][] = [
      ['start_time', unixSecondsOf(startOfDay(range.from))],
      // Without it a reply goes up to now, by OpenAI's clock and not by ours.
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

/** The first instant after a range of days. */
function endOf(range: { readonly to: Day }): Date {
  return startOfDay(addDays(range.to, 1))
}

function unixSecondsOf(instant: Date): string {
  return String(instant.getTime() / 1000)
}
