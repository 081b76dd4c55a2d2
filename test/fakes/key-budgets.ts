/** The largest item takes 400 write units. A key that is not used saves no more than these. */
const SAVED_FOR_SECONDS = 0.4

/** The request units that are left of each partition key: they grow with time, and are not saved for a burst. */
export class KeyBudgets {
  /** By key: the units that were left at that time. */
  private readonly left = new Map<string, { units: number; atMs: number }>()
  private readonly taken = new Map<string, number>()

  private readonly unitsPerSecond: number
  private readonly nowMs: () => number

  constructor(unitsPerSecond: number, nowMs: () => number) {
    this.unitsPerSecond = unitsPerSecond
    this.nowMs = nowMs
  }

  /** Takes the units, unless fewer are left. */
  take(pk: string, units: number): boolean {
    const left = this.leftOf(pk)
    if (left < units) return false
    this.owe(pk, units)
    return true
  }

  /** Whether any units are left. Of a query, it is only known afterwards how many it took. */
  hasAny(pk: string): boolean {
    return this.leftOf(pk) > 0
  }

  /** Takes units even if fewer are left. */
  owe(pk: string, units: number): void {
    this.left.set(pk, { units: this.leftOf(pk) - units, atMs: this.nowMs() })
    this.taken.set(pk, (this.taken.get(pk) ?? 0) + units)
  }

  /** How many units were taken under the key that took most. */
  get mostTaken(): number {
    return Math.max(0, ...this.taken.values())
  }

  /** Forgets what was taken so far. What is left stays. */
  startCount(): void {
    this.taken.clear()
  }

  private leftOf(pk: string): number {
    const most = this.unitsPerSecond * SAVED_FOR_SECONDS
    const found = this.left.get(pk)
    if (found === undefined) return most
    return Math.min(most, found.units + ((this.nowMs() - found.atMs) / 1_000) * this.unitsPerSecond)
  }
}
