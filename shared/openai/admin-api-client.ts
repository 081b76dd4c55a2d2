import { setTimeout as sleepFor } from 'node:timers/promises'
import type * as z from 'zod'
import type { AdminApiKey } from '../domain/admin-api-key.ts'
import { ProviderError, type Dataset, type ProviderProblemCode } from '../domain/problem.ts'
import { problemOf } from './reply-errors.ts'

const ATTEMPTS = 5
const TRIES_OF_A_WRONG_BODY = 2
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 20_000

/** The reply is longer than was asked for. Nothing of it was kept. */
export class ReplyTooLargeError extends ProviderError {
  constructor(dataset: Dataset, maxBytes: number) {
    super('unexpected_reply', dataset, { note: `The reply is longer than ${maxBytes} bytes.` })
    this.name = 'ReplyTooLargeError'
  }
}

export interface AdminApiClientOptions {
  /** Such as `https://api.openai.com/v1`. */
  readonly baseUrl: string
  readonly key: AdminApiKey
  /** Everything ends before, well or in an error. */
  readonly deadline: Date
  /** For one attempt, its body included. */
  readonly attemptTimeoutMs?: number
  readonly sleep?: (ms: number) => Promise<unknown>
  readonly now?: () => Date
}

/** One GET. */
export interface Request<Reply> {
  readonly path: string
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly schema: z.ZodType<Reply>
  readonly dataset: Dataset
  readonly maxBytes: number
}

/** Why one attempt failed, and whether another may do better. */
interface Failure {
  readonly code: ProviderProblemCode
  readonly retry: boolean
  readonly retryAfterMs: number | null
}

/**
 * GETs of the Admin API. Request, body, JSON and schema are one attempt: whatever of them fails is tried again until
 * the deadline. What is thrown holds no key, no address and nothing of a body.
 */
export class AdminApiClient {
  private readonly options: Required<AdminApiClientOptions>

  constructor(options: AdminApiClientOptions) {
    this.options = { attemptTimeoutMs: 60_000, sleep: sleepFor, now: () => new Date(), ...options }
  }

  now(): Date {
    return this.options.now()
  }

  /** Throws `ProviderError`; `ReplyTooLargeError` when the body is longer than `maxBytes`. */
  async get<Reply>(request: Request<Reply>): Promise<Reply> {
    let wrongBodies = 0
    for (let attempt = 1; ; attempt += 1) {
      const result = await this.attempt(request)
      if ('reply' in result) return result.reply
      const { code, retry, retryAfterMs } = result
      if (code === 'unexpected_reply') wrongBodies += 1
      const isLast = attempt >= ATTEMPTS || wrongBodies >= TRIES_OF_A_WRONG_BODY
      const pauseMs =
        retryAfterMs ?? Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2)
      if (!retry || isLast || this.remainingMs() <= pauseMs) throw new ProviderError(code, request.dataset)
      await this.options.sleep(pauseMs)
    }
  }

  private remainingMs(): number {
    return this.options.deadline.getTime() - this.now().getTime()
  }

  private async attempt<Reply>(request: Request<Reply>): Promise<{ reply: Reply } | Failure> {
    const timeoutMs = Math.min(this.options.attemptTimeoutMs, this.remainingMs())
    if (timeoutMs <= 0) return { code: 'provider_unreachable', retry: false, retryAfterMs: null }
    let response: Response
    let body: string
    try {
      response = await fetch(this.addressOf(request), {
        headers: { authorization: `Bearer ${this.options.key.reveal()}`, accept: 'application/json' },
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      })
      body = await readBody(response, request)
    } catch (error) {
      if (error instanceof ReplyTooLargeError) throw error
      return { code: 'provider_unreachable', retry: true, retryAfterMs: null }
    }
    if (!response.ok) {
      const code = problemOf(response.status, body, this.options.key)
      const retry = code === 'provider_rate_limited' || code === 'provider_unreachable'
      return { code, retry, retryAfterMs: retryAfterOf(response.headers, this.now()) }
    }
    return parseReply(body, request.schema) ?? { code: 'unexpected_reply', retry: true, retryAfterMs: null }
  }

  private addressOf(request: Pick<Request<unknown>, 'path' | 'query'>): URL {
    const url = new URL(`${this.options.baseUrl.replace(/\/+$/, '')}${request.path}`)
    for (const [name, value] of request.query) url.searchParams.append(name, value)
    return url
  }
}

function parseReply<Reply>(body: string, schema: z.ZodType<Reply>): { reply: Reply } | undefined {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return undefined
  }
  const parsed = schema.safeParse(json)
  return parsed.success ? { reply: parsed.data } : undefined
}

async function readBody(
  response: Response,
  { dataset, maxBytes }: Pick<Request<unknown>, 'dataset' | 'maxBytes'>,
): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw new ReplyTooLargeError(dataset, maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** How long OpenAI asks to wait, in milliseconds; null when it does not say. Source: RFC 9110, section 10.2.3. */
function retryAfterOf(headers: Headers, now: Date): number | null {
  const ms = Number(headers.get('retry-after-ms') ?? Number.NaN)
  if (Number.isFinite(ms) && ms >= 0) return ms
  const after = headers.get('retry-after')
  if (after === null) return null
  const seconds = Number(after)
  if (after.trim() !== '' && Number.isFinite(seconds) && seconds >= 0) return seconds * 1000
  const date = Date.parse(after)
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime())
}
