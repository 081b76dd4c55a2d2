import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Random } from '../histories/seed.ts'

/** One step in so many is late, by up to so many others: among two that wait, chance alone would hold none for long. */
const LATE_ONE_IN = { steady: 6, sluggish: 2 }
const LATE_BY_AT_MOST = 80

interface Waiting {
  /** How many steps of others go before, as long as there are others. */
  readonly notBefore: number
  readonly act: () => Promise<void>
}

/**
 * Lets the steps of several actors happen one at a time, in an order that a seed draws and nothing else has a part in: all
 * that an actor waits for must be a step. Some steps are held back for long, like a request of a process that was paused.
 */
export class Interleaving {
  private readonly random: Random
  private waiting: readonly Waiting[] = []
  private readonly actors = new Set<Promise<unknown>>()
  private steps = 0

  constructor(random: Random) {
    this.random = random
  }

  /** A step of an actor: it happens when its turn comes. Those of a sluggish one are late more often. */
  step<Result>(act: () => Promise<Result>, pace: keyof typeof LATE_ONE_IN = 'steady'): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    const isLate = this.random() * LATE_ONE_IN[pace] < 1
    const notBefore = this.steps + (isLate ? Math.floor(this.random() * LATE_BY_AT_MOST) : 0)
    this.waiting = [...this.waiting, { notBefore, act: () => act().then(resolve, reject) }]
    return promise
  }

  /** Takes part until it ends; may join while the others are under way. */
  join<Result>(acting: Promise<Result>): Promise<Result> {
    const ended = acting.finally(() => this.actors.delete(ended))
    ended.catch(() => undefined)
    this.actors.add(ended)
    return ended
  }

  /** Lets step after step through until all who joined have ended. */
  async run(): Promise<void> {
    for (;;) {
      // By the next turn of the event loop, all that follows from the last step has happened: everybody waits or has ended.
      await nextTurn()
      if (this.actors.size === 0) return
      const next = this.draw()
      if (next === undefined) throw new Error('Somebody waits for something that is no step.')
      this.waiting = this.waiting.filter((each) => each !== next)
      this.steps += 1
      await next.act()
    }
  }

  private draw(): Waiting | undefined {
    const due = this.waiting.filter(({ notBefore }) => notBefore <= this.steps)
    if (due.length > 0) return due[Math.floor(this.random() * due.length)]
    return this.waiting.toSorted((left, right) => left.notBefore - right.notBefore)[0]
  }
}
