import { createHash, type Hash } from 'node:crypto'
import { isUsedOn, NUMBERS_A_DAY, type UsageSeries, type UsageTable } from './usage-table.ts'

/** 128 bits in base64url: the integration, which carries it, pays for its bytes at each write. */
const DIGEST_LETTERS = 22
const SLAB_NUMBERS = 8_192

/**
 * A digest of a table's window and of all that is in it, whatever the order in which it came: tables with the same digest
 * hold the same.
 */
export function digestOf(table: UsageTable): string {
  const hash = createHash('sha256').update(JSON.stringify([NUMBERS_A_DAY, table.window]))
  const numbers = new NumbersDigest(hash)
  const names: [userId: string | null, model: string][] = []
  for (const userId of table.users().toSorted(compareUsers)) {
    for (const [model, series] of [...table.modelsOf(userId)].toSorted(compareModels)) {
      if (numbers.takeDaysOf(series, table.days.length) > 0) names.push([userId, model])
    }
  }
  numbers.flush()
  return hash.update(JSON.stringify(names)).digest('base64url').slice(0, DIGEST_LETTERS)
}

/** Numbers on their way into a hash: to hand over each series on its own took longer than to digest it. */
class NumbersDigest {
  private readonly hash: Hash
  private readonly slab = new Float64Array(SLAB_NUMBERS)
  private filled = 0

  constructor(hash: Hash) {
    this.hash = hash
  }

  /** Takes the days with usage, each after its place, and after them how many they are: that, too, it gives. */
  takeDaysOf(series: UsageSeries, days: number): number {
    let used = 0
    for (let place = 0; place < days; place += 1) {
      if (!isUsedOn(series, place)) continue
      used += 1
      this.take(place)
      const at = place * NUMBERS_A_DAY
      for (let each = 0; each < NUMBERS_A_DAY; each += 1) this.take(series[at + each] ?? 0)
    }
    if (used > 0) this.take(-used)
    return used
  }

  flush(): void {
    this.hash.update(this.slab.subarray(0, this.filled))
    this.filled = 0
  }

  private take(number: number): void {
    if (this.filled === SLAB_NUMBERS) this.flush()
    this.slab[this.filled] = number
    this.filled += 1
  }
}

/** Nobody comes first. */
function compareUsers(left: string | null, right: string | null): number {
  if (left === null || right === null) return left === null ? -1 : 1
  return left < right ? -1 : 1
}

function compareModels([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1
}
