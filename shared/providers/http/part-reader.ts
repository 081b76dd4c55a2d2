import { ProviderError, type ProviderProblemCode } from '../../domain/problem.ts'
import type { HttpClient, Patience } from './http-client.ts'

/** The time limits of a request for an optional list: two attempts that are not answered. */
export const LIST_PATIENCE: Patience = { attemptTimeoutMs: 15_000, requestTimeoutMs: 30_000 }
/** Those after a few parts failed. */
const LITTLE_PATIENCE: Patience = { attemptTimeoutMs: 5_000, requestTimeoutMs: 5_000 }
const FEW_FAILURES = 3
/** So many failures are an outage, or a limit that holds on. */
const MANY_FAILURES = 30
/** Those after many failures. What works answers in this time, most likely. */
const LEAST_PATIENCE: Patience = { attemptTimeoutMs: 1_000, requestTimeoutMs: 1_000 }

/** The problems on which time is spent. Other failures are answers that are believed at once. */
const SLOW_PROBLEMS: readonly ProviderProblemCode[] = ['provider_unreachable', 'provider_rate_limited', 'timed_out']

/**
 * Reads the parts of an optional list, each with its own failure. Parts that do not answer cost about a minute in all, so that they
 * do not hold up those that do: a request has 30 seconds, five after three parts failed, and one after thirty. When the rate is
 * still limited after thirty failures, no further part is read.
 */
export class PartReader {
  private readonly patient: HttpClient
  private readonly hurried: HttpClient
  private readonly brief: HttpClient
  private readonly failures: ProviderError[] = []

  constructor(client: HttpClient) {
    this.patient = client.withPatience(LIST_PATIENCE)
    this.hurried = client.withPatience(LITTLE_PATIENCE)
    this.brief = client.withPatience(LEAST_PATIENCE)
  }

  private get client(): HttpClient {
    if (this.failures.length < FEW_FAILURES) return this.patient
    return this.failures.length < MANY_FAILURES ? this.hurried : this.brief
  }

  /** The result of `read`, or why it failed. */
  async read<Result>(read: (client: HttpClient) => Promise<Result>): Promise<Result | ProviderError> {
    const last = this.failures.at(-1)
    const isLimited = last?.code === 'provider_rate_limited' && this.failures.length >= MANY_FAILURES
    if (isLimited) return last
    try {
      return await read(this.client)
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      if (SLOW_PROBLEMS.includes(error.code)) this.failures.push(error)
      return error
    }
  }
}
