import { setImmediate } from 'node:timers/promises'

interface Event {
  readonly atMs: number
  readonly happen: () => void
}

/**
 * A clock that moves on only when everything waits: to the next pause or time limit that ends. What is measured by it depends on
 * no machine. Only for code whose other waits end within microtasks, so with a fake `fetch`.
 */
export class EventClock {
  private nowMs: number
  private events: Event[] = []

  constructor(start: Date) {
    this.nowMs = start.getTime()
  }

  readonly now = (): Date => new Date(this.nowMs)

  readonly sleep = (ms: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.events.push({ atMs: this.nowMs + ms, happen: resolve })
    return promise
  }

  readonly timeout = (ms: number): AbortSignal => {
    const limit = new AbortController()
    this.events.push({ atMs: this.nowMs + ms, happen: () => limit.abort() })
    return limit.signal
  }

  /** The result of a promise, and the seconds that it took by this clock. */
  async run<Result>(promise: Promise<Result>): Promise<{ readonly result: Result; readonly seconds: number }> {
    const startedMs = this.nowMs
    const state = { isSettled: false }
    const settle = () => void (state.isSettled = true)
    void promise.then(settle, settle)
    for (;;) {
      await setImmediate()
      if (state.isSettled) return { result: await promise, seconds: (this.nowMs - startedMs) / 1000 }
      this.moveOn()
    }
  }

  private moveOn(): void {
    const [next, ...later] = this.events.toSorted((left, right) => left.atMs - right.atMs)
    if (next === undefined) throw new Error('Everything waits, and nothing ends.')
    this.events = later
    this.nowMs = next.atMs
    next.happen()
  }
}

/** A request that is never answered. */
export function neverAnswered(signal: AbortSignal | null | undefined): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>()
  signal?.addEventListener('abort', () => reject(new Error('aborted')))
  return promise
}
