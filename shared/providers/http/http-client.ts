import { setTimeout as delay } from 'node:timers/promises'
import type * as z from 'zod'
import type { AdminApiKey } from '../../domain/admin-api-key.ts'
import { ProviderError, type ProviderProblemCode } from '../../domain/problem.ts'
import { ReplyTooLargeError, RequestRefusedError } from './errors.ts'
import type { ProviderAccess } from '../provider.ts'
import { parseReply, readText, type Failure, type Outcome } from './reply.ts'
import { backoffMs, retryAfterMs } from './retry.ts'
import { USER_AGENT } from './user-agent.ts'

/** One GET request. `query` keeps its order, and a name can occur twice. */
export interface ApiRequest<T> {
  readonly dataSet: string
  readonly path: string
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly schema: z.ZodType<T>
  /** Headers of this request beside those of the dialect. */
  readonly headers?: Readonly<Record<string, string>>
  /** Passes the numbers of the reply to the schema as they are written, as texts, for amounts of money. Takes longer. */
  readonly numbersAsText?: boolean
  readonly maxReplyBytes?: number
  /** Aborts the request, also between attempts. */
  readonly signal?: AbortSignal
}

/** What differs between the APIs of providers. */
export interface ApiDialect {
  /** The headers of every request, including the one with the key. */
  headers(key: AdminApiKey): Record<string, string>
  /**
   * The problem that a refusal reports: a status from 400 to 499 that is not worth a retry. Null when only the request was
   * refused, which throws `RequestRefusedError`. `body` is the first 64 KiB of the reply.
   */
  problemOf(status: number, body: string, key: AdminApiKey): ProviderProblemCode | null
}

/** How long a request may take. */
export interface Patience {
  /** The time limit of one attempt, including the body. */
  readonly attemptTimeoutMs: number
  /** The time limit of a request, including all its attempts and the pauses between them. */
  readonly requestTimeoutMs: number
}

export interface HttpClientOptions extends ProviderAccess, Partial<Patience> {
  readonly maxReplyBytes?: number
}

const ATTEMPTS = 5
/** A malformed reply is requested once more: a proxy or a deployment can have corrupted it. */
const MALFORMED_AT_MOST = 2
const DEFAULT_MAX_REPLY_BYTES = 32 * 1024 * 1024
const MAX_ERROR_BYTES = 64 * 1024
/** Time-outs, conflicts and rate limits pass, as all statuses from 500 on do. */
const RETRYABLE = new Set([408, 409, 429])

/**
 * Sends requests to a provider's API. Retryable failures, including those of reading and parsing the body, are retried until
 * the deadline. Other failures throw `ProviderError`. No error contains the key or any part of a reply.
 */
export class HttpClient {
  private readonly dialect: ApiDialect
  private readonly options: Required<HttpClientOptions>
  /** The data sets of which something was answered. */
  private readonly answered = new Set<string>()

  constructor(dialect: ApiDialect, options: HttpClientOptions) {
    this.dialect = dialect
    this.options = {
      attemptTimeoutMs: 60_000,
      requestTimeoutMs: Infinity,
      maxReplyBytes: DEFAULT_MAX_REPLY_BYTES,
      fetch,
      sleep: (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }),
      timeout: (ms) => AbortSignal.timeout(ms),
      now: () => new Date(),
      ...options,
    }
  }

  now(): Date {
    return this.options.now()
  }

  /** The same client with an earlier deadline. A later deadline has no effect. */
  endingBy(deadline: Date): HttpClient {
    return new HttpClient(this.dialect, {
      ...this.options,
      deadline: deadline < this.options.deadline ? deadline : this.options.deadline,
    })
  }

  /** The same client with other time limits of a request. */
  withPatience(patience: Patience): HttpClient {
    return new HttpClient(this.dialect, { ...this.options, ...patience })
  }

  /**
   * Returns one reply, parsed with its schema. When the time ends between or during requests for a data set that were all
   * answered, the problem is `timed_out`: the provider is not unreachable, but there is too much to read.
   */
  async get<T>(request: ApiRequest<T>): Promise<T> {
    this.refuseUnsendableKey(request.dataSet)
    const endsMs = Math.min(this.options.deadline.getTime(), this.now().getTime() + this.options.requestTimeoutMs)
    const msLeft = () => endsMs - this.now().getTime()
    let malformedReplies = 0
    for (let attempt = 1; ; attempt++) {
      if (msLeft() <= 0)
        throw failed(request.dataSet, attempt === 1 ? 'timed_out' : 'provider_unreachable', 'out of time')
      const outcome = await this.attempt(request, attempt, msLeft())
      if ('value' in outcome) {
        this.answered.add(request.dataSet)
        return outcome.value
      }
      const { code, reason, kind, retryAfterMs, refusedWith } = outcome.failure
      if (kind === 'malformed') malformedReplies++
      const isBelieved = kind === 'permanent' || malformedReplies === MALFORMED_AT_MOST || attempt === ATTEMPTS
      const waitMs = Math.max(backoffMs(attempt), retryAfterMs ?? 0)
      if (isBelieved || waitMs >= msLeft() || request.signal?.aborted === true) {
        throw failed(request.dataSet, code, `${reason}, attempt ${attempt}`, refusedWith)
      }
      await this.options.sleep(waitMs, request.signal)
    }
  }

  /** A key with characters that a header cannot contain is invalid. `fetch` would include it in its error. */
  private refuseUnsendableKey(dataSet: string): void {
    if (!/^[\x21-\x7e]+$/.test(this.options.key.reveal())) throw failed(dataSet, 'invalid_admin_key', 'not sendable')
  }

  private async attempt<T>(request: ApiRequest<T>, attempt: number, msLeft: number): Promise<Outcome<T>> {
    const isCutShort = this.options.deadline.getTime() - this.now().getTime() < this.options.attemptTimeoutMs
    const timeout = this.options.timeout(Math.min(this.options.attemptTimeoutMs, msLeft))
    const signal = AbortSignal.any([timeout, ...(request.signal === undefined ? [] : [request.signal])])
    let text: string
    try {
      const response = await this.send(request, signal)
      if (!response.ok) return { failure: await this.refusal(response) }
      const maxBytes = request.maxReplyBytes ?? this.options.maxReplyBytes
      const read = await readText(response, maxBytes)
      if (read === null) throw new ReplyTooLargeError(request.dataSet, maxBytes)
      text = read
    } catch (error) {
      if (error instanceof ReplyTooLargeError) throw error
      const reason = timeout.aborted ? 'timed out' : networkReason(error)
      const isOutOfTime = timeout.aborted && isCutShort
      const code =
        isOutOfTime && attempt === 1 && this.answered.has(request.dataSet) ? 'timed_out' : 'provider_unreachable'
      return { failure: { code, reason, kind: 'retryable', retryAfterMs: null } }
    }
    return parseReply(text, request)
  }

  private send(request: ApiRequest<unknown>, signal: AbortSignal): Promise<Response> {
    const url = new URL(this.options.baseUrl.replace(/\/+$/, '') + request.path)
    for (const [name, value] of request.query) url.searchParams.append(name, value)
    const about = { accept: 'application/json', 'user-agent': USER_AGENT }
    const headers = { ...request.headers, ...this.dialect.headers(this.options.key), ...about }
    // A redirect would send the key to another address.
    return this.options.fetch(url, { headers, redirect: 'error', signal })
  }

  private async refusal(response: Response): Promise<Failure> {
    const { status } = response
    const about = { reason: `HTTP ${status}`, retryAfterMs: retryAfterMs(response.headers, this.now()) }
    if (status < 500 && !RETRYABLE.has(status)) {
      const body = (await readText(response, MAX_ERROR_BYTES)) ?? ''
      const code = this.dialect.problemOf(status, body, this.options.key)
      return code === null
        ? { ...about, code: 'unexpected_reply', kind: 'permanent', refusedWith: status }
        : { ...about, code, kind: 'permanent' }
    }
    await response.body?.cancel()
    return { ...about, code: status === 429 ? 'provider_rate_limited' : 'provider_unreachable', kind: 'retryable' }
  }
}

function failed(dataSet: string, code: ProviderProblemCode, reason: string, refusedWith?: number): ProviderError {
  const note = `${code} (${dataSet}): ${reason}`
  if (refusedWith !== undefined) return new RequestRefusedError(dataSet, refusedWith, note)
  return new ProviderError(code, dataSet, { note })
}

/** The system's error code, such as `ECONNRESET`. Never a message, which can contain the request. */
function networkReason(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : 'no answer'
}
