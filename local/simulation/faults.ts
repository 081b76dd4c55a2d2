import { ApiError } from './api-error.ts'
import type { CommonSwitches } from './switches.ts'

/** What happens to the answer of one request. */
export interface Fault {
  readonly refusal: ApiError | undefined
  readonly isHtml: boolean
  readonly isCut: boolean
  readonly isReset: boolean
  readonly isHanging: boolean
}

/** Decides by a request's number which fault it gets. */
export class Faults {
  /** The number of requests with a fault. */
  injected = 0
  private readonly errorOf: (status: number) => ApiError
  private requests = 0
  private failing: { left: number; status: number } = { left: 0, status: 500 }

  /** `errorOf` words a provider's error of a status. */
  constructor(errorOf: (status: number) => ApiError) {
    this.errorOf = errorOf
  }

  /** Answers the next n requests with a status, whatever they request. */
  failNext(n: number, status: number): void {
    this.failing = { left: n, status }
  }

  /** Counts a request and returns what happens to its answer. */
  next(switches: CommonSwitches): Fault {
    this.requests += 1
    const isNth = (every: number | null) => every !== null && this.requests % every === 0
    const fault = {
      refusal: this.refusal(isNth, switches),
      isHtml: isNth(switches.htmlEveryNth),
      isCut: isNth(switches.truncateEveryNth),
      isReset: isNth(switches.resetEveryNth),
      isHanging: isNth(switches.hangEveryNth),
    }
    if (Object.values(fault).some(Boolean)) this.injected += 1
    return fault
  }

  private refusal(isNth: (every: number | null) => boolean, switches: CommonSwitches): ApiError | undefined {
    const { rateLimit, serverErrorEveryNth, serverErrorStatus } = switches
    if (this.failing.left > 0) {
      this.failing.left -= 1
      return this.errorOf(this.failing.status)
    }
    if (rateLimit !== null && isNth(rateLimit.everyNth)) return this.rateLimited(rateLimit.retryAfterSeconds)
    return isNth(serverErrorEveryNth) ? this.errorOf(serverErrorStatus) : undefined
  }

  private rateLimited(retryAfterSeconds: number | null): ApiError {
    const { message, code } = this.errorOf(429)
    const headers: Record<string, string> =
      retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) }
    return new ApiError(429, message, code, headers)
  }
}
