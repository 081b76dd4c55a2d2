import type { Random } from './seed.ts'

/** Random choices, all from one source, so that the same seed makes the same ones. */
export class Draw {
  private readonly random: Random

  constructor(random: Random) {
    this.random = random
  }

  /** True in so many cases of one. */
  chance(share: number): boolean {
    return this.random() < share
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1))
  }

  /** One of them. Throws `RangeError` when there is none. */
  pick<Value>(values: readonly Value[]): Value {
    const value = values[this.between(0, values.length - 1)]
    if (value === undefined) throw new RangeError('There is nothing to pick from.')
    return value
  }

  /** Each of them in so many cases of one. */
  some<Value>(values: readonly Value[], share: number): Value[] {
    return values.filter(() => this.chance(share))
  }

  /** The first; in so many cases of one the second. */
  unless<Value>(share: number, usual: Value, rare: Value): Value {
    return this.chance(share) ? rare : usual
  }
}
