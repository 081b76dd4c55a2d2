import { setTimeout as delay } from 'node:timers/promises'
import type * as z from 'zod'
import type { AdminApiKey } from '../../domain/admin-api-key.ts'
import { ProviderError, type Dataset, type ProviderProblemCode } from '../../domain/problem.ts'
import {
  isRetryableStatus,
  parseErrorReply,
  problemOfStatus,
  ReplyTooLargeError,
  RequestRefusedError,
} from './errors.ts'
import { parseReply, readText, type Failure, type Outcome } from './reply.ts'
import { backoffMs, retryAfterMs } from './retry.ts'

/** One GET. `query` keeps its order; a name may come twice. */
export interface ApiRequest<T> {
  readonly dataset: Dataset
  readonly path: string
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly schema: z.ZodType<T>
  readonly maxReplyBytes?: number
  /** Ends the request, also between attempts. */
  readonly signal?: AbortSignal
}

export interface AdminApiClientOptions {
  /** `https://api.openai.com/v1`, say. */
  readonly baseUrl: string
  readonly key: AdminApiKey
  readonly deadline: Date
  /** For one attempt, its body included. */
  readonly attemptTimeoutMs?: number
  readonly maxReplyBytes?: number
  readonly fetch?: typeof fetch
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly now?: () => Date
}

const ATTEMPTS = 5
/** A reply of the wrong form is asked for once more: a proxy or a deploy may have garbled it. */
const MALFORMED_AT_MOST = 2
export const DEFAULT_MAX_REPLY_BYTES = 32 * 1024 * 1024
const MAX_ERROR_BYTES = 64 * 1024

/**
 * Asks OpenAI's Admin API. What may pass is retried until the deadline, body and parse included; the rest throws
 * `ProviderError`. No error holds the key or anything of a reply. https://platform.openai.com/docs/api-reference/administration
 */
export class AdminApiClient {
  private readonly options: Required<AdminApiClientOptions>

  constructor(options: AdminApiClientOptions) {
    this.options = {
      attemptTimeoutMs: 60_000,
      maxReplyBytes: DEFAULT_MAX_REPLY_BYTES,
      fetch,
      sleep: (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }),
      now: () => new Date(),
      ...options,
    }
  }

  now(): Date {
    return this.options.now()
  }

  /** The same client with an earlier deadline; a later one changes nothing. */
  endingBy(deadline: Date): AdminApiClient {
    return new AdminApiClient({
      ...this.options,
      deadline: deadline < this.options.deadline ? deadline : this.options.deadline,
    })
  }

  /** One reply, checked against its schema. */
  async get<T>(request: ApiRequest<T>): Promise<T> {
    this.refuseUnsendableKey(request.dataset)
    let malformedReplies = 0
    for (let attempt = 1; ; attempt++) {
      if (this.msLeft() <= 0) throw failed(request.dataset, 'provider_unreachable', 'out of time')
      const outcome = await this.attempt(request)
      if ('value' in outcome) return outcome.value
      const { code, reason, kind, retryAfterMs, refusedWith } = outcome.failure
      if (kind === 'malformed') malformedReplies++
      const isBelieved = kind === 'permanent' || malformedReplies === MALFORMED_AT_MOST || attempt === ATTEMPTS
      const waitMs = Math.max(backoffMs(attempt), retryAfterMs ?? 0)
      if (isBelieved || waitMs >= this.msLeft() || request.signal?.aborted === true) {
        throw failed(request.dataset, code, `${reason}, attempt ${attempt}`, refusedWith)
      }
      await this.options.sleep(waitMs, request.signal)
    }
  }

  private msLeft(): number {
    return this.options.deadline.getTime() - this.now().getTime()
  }

  /** A key that no header can carry was never OpenAI's; `fetch` would repeat it in its error. */
  private refuseUnsendableKey(dataset: Dataset): void {
    if (!/^[\x21-\x7e]+$/.test(this.options.key.reveal())) throw failed(dataset, 'invalid_admin_key', 'not sendable')
  }

  private async attempt<T>(request: ApiRequest<T>): Promise<Outcome<T>> {
    const timeout = new AbortController()
    const timer = setTimeout(() => timeout.abort(), Math.min(this.options.attemptTimeoutMs, this.msLeft()))
    const signal = AbortSignal.any([timeout.signal, ...(request.signal === undefined ? [] : [request.signal])])
    let text: string
    try {
      const response = await this.send(request, signal)
      if (!response.ok) return { failure: await this.refusal(response) }
      const maxBytes = request.maxReplyBytes ?? this.options.maxReplyBytes
      const read = await readText(response, maxBytes)
      if (read === null) throw new ReplyTooLargeError(request.dataset, maxBytes)
      text = read
    } catch (error) {
      if (error instanceof ReplyTooLargeError) throw error
      const reason = timeout.signal.aborted ? 'timed out' : networkReason(error)
      return { failure: { code: 'provider_unreachable', reason, kind: 'retryable', retryAfterMs: null } }
    } finally {
      clearTimeout(timer)
    }
    return parseReply(text, request.schema)
  }

  private send(request: ApiRequest<unknown>, signal: AbortSignal): Promise<Response> {
    const url = new URL(this.options.baseUrl.replace(/\/+$/, '') + request.path)
    for (const [name, value] of request.query) url.searchParams.append(name, value)
    const headers = { authorization: `Bearer ${this.options.key.reveal()}`, accept: 'application/json' }
    // A redirect would carry the key elsewhere.
    return this.options.fetch(url, { headers, redirect: 'error', signal })
  }

  private async refusal(response: Response): Promise<Failure> {
    const isAboutTheKey = response.status === 401 || response.status === 403
    const text = isAboutTheKey ? await readText(response, MAX_ERROR_BYTES) : null
    if (!isAboutTheKey) await response.body?.cancel()
    const isRetryable = isRetryableStatus(response.status)
    return {
      code: problemOfStatus(response.status, parseErrorReply(text ?? ''), this.options.key),
      reason: `HTTP ${response.status}`,
      kind: isRetryable ? 'retryable' : 'permanent',
      retryAfterMs: retryAfterMs(response.headers, this.now()),
      ...(!isRetryable && !isAboutTheKey && { refusedWith: response.status }),
    }
  }
}

function failed(dataset: Dataset, code: ProviderProblemCode, reason: string, refusedWith?: number): ProviderError {
  const note = `${code} (${dataset}): ${reason}`
  if (refusedWith !== undefined) return new RequestRefusedError(dataset, refusedWith, note)
  return new ProviderError(code, dataset, { note })
}

/** The system's code, such as `ECONNRESET`; never a message, which may repeat what was sent. */
function networkReason(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : 'no answer'
}
