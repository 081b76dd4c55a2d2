/** What was made last, by key: at most so many values, the one not asked for the longest makes room. */
export class Kept<Value> {
  private readonly values = new Map<string, Value>()
  private readonly atMost: number

  constructor(atMost: number) {
    this.atMost = atMost
  }

  /** The kept value, or a new one. `make` may throw: then nothing is kept. */
  get(key: string, make: () => Value): Value {
    const value = this.values.get(key) ?? make()
    this.values.delete(key)
    this.values.set(key, value)
    for (const oldest of this.values.keys()) {
      if (this.values.size <= this.atMost) break
      this.values.delete(oldest)
    }
    return value
  }
}
