import { createHash } from 'node:crypto'
import { addDays, daysBetween, type Day } from './day.ts'
import { daysOfWindow, type Window } from './window.ts'

/** The four numbers counted of completions. `inputTokens` includes the cached ones. */
export interface UsageNumbers {
  readonly requests: number
  readonly inputTokens: number
  readonly cachedInputTokens: number
  readonly outputTokens: number
}

/** One user's use of one model on one day. `userId` null: OpenAI named no user. */
export interface UsageRow extends UsageNumbers {
  readonly day: Day
  readonly userId: string | null
  readonly model: string
}

const NUMBERS = 4
const NO_SERIES = new Float64Array()
const SERIES_PER_SLAB = 256
/** 128 bits in base64url: the integration, which carries it, pays for its bytes at each write. */
const DIGEST_LETTERS = 22

/** Sums two sets of numbers. */
export function addNumbers(left: UsageNumbers, right: UsageNumbers): UsageNumbers {
  return {
    requests: left.requests + right.requests,
    inputTokens: left.inputTokens + right.inputTokens,
    cachedInputTokens: left.cachedInputTokens + right.cachedInputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
  }
}

export const NO_USAGE: UsageNumbers = { requests: 0, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 }

/** True when all four numbers are zero. */
export function isNoUsage(numbers: UsageNumbers): boolean {
  return (
    numbers.requests === 0 && numbers.inputTokens === 0 && numbers.cachedInputTokens === 0 && numbers.outputTokens === 0
  )
}

/**
 * The usage of one window, summed by user, model and day. Kept as one array of numbers for each user and model:
 * 10,000 users with two models over 60 days take 40 MB, a tenth of what row objects would.
 */
export class UsageTable {
  readonly window: Window
  /** The window's days, oldest first, and the place of each: reckoned once, since rows come by the hundred thousand. */
  private readonly days: readonly Day[]
  private readonly places: ReadonlyMap<Day, number>
  private slabLeft = NO_SERIES
  private readonly byUser = new Map<string | null, Map<string, Float64Array>>()

  constructor(window: Window) {
    this.window = window
    this.days = daysOfWindow(window)
    this.places = new Map(this.days.map((day, place) => [day, place]))
  }

  /** Adds a row's numbers to what is there. Throws `RangeError` for a day outside the window. */
  add(row: UsageRow): void {
    const place = this.places.get(row.day)
    if (place === undefined) throw new RangeError(`The day ${row.day} lies outside the window.`)
    if (isNoUsage(row)) return
    const series = this.seriesOf(row.userId, row.model)
    const at = place * NUMBERS
    series[at] = (series[at] ?? 0) + row.requests
    series[at + 1] = (series[at + 1] ?? 0) + row.inputTokens
    series[at + 2] = (series[at + 2] ?? 0) + row.cachedInputTokens
    series[at + 3] = (series[at + 3] ?? 0) + row.outputTokens
  }

  /** Everybody with usage, in no particular order; null stands for rows that name no user. */
  users(): (string | null)[] {
    return [...this.byUser.keys()]
  }

  /** One user's rows that are not all zero, by model, then oldest first. */
  *rowsOf(userId: string | null): Generator<UsageRow> {
    for (const [model, series] of this.byUser.get(userId) ?? []) {
      for (const [place, day] of this.days.entries()) {
        const numbers = numbersAt(series, place)
        if (!isNoUsage(numbers)) yield { day, userId, model, ...numbers }
      }
    }
  }

  /** All rows that are not all zero. */
  *rows(): Generator<UsageRow> {
    for (const userId of this.byUser.keys()) yield* this.rowsOf(userId)
  }

  /** The same table with everybody's numbers in one: rows that name no user. */
  summed(): UsageTable {
    const sums = new UsageTable(this.window)
    for (const models of this.byUser.values()) {
      for (const [model, series] of models) addSeries(sums.seriesOf(null, model), series)
    }
    return sums
  }

  /** One user's numbers over the whole window and all models, and their requests a day, oldest first. */
  sumOf(userId: string | null): { numbers: UsageNumbers; dailyRequests: number[] } {
    const dailyRequests = this.days.map(() => 0)
    const sum = new Float64Array(NUMBERS)
    for (const series of this.byUser.get(userId)?.values() ?? []) {
      for (let at = 0; at < series.length; at += 1) {
        const number = series[at] ?? 0
        if (number === 0) continue
        const which = at % NUMBERS
        sum[which] = (sum[which] ?? 0) + number
        if (which === 0) dailyRequests[at / NUMBERS] = (dailyRequests[at / NUMBERS] ?? 0) + number
      }
    }
    return { numbers: numbersAt(sum, 0), dailyRequests }
  }

  /**
   * A digest of the window and all that is in the table, whatever the order in which it came: tables with the same digest
   * hold the same.
   */
  digest(): string {
    const users = [...this.byUser].toSorted(([left], [right]) => compareUsers(left, right))
    const named = users.map(([userId, models]) => ({ userId, models: [...models].toSorted(compareModels) }))
    const names = named.map(({ userId, models }) => [userId, models.map(([model]) => model)])
    const hash = createHash('sha256').update(JSON.stringify([NUMBERS, this.window, names]))
    for (const numbers of inSlabs(named.flatMap(({ models }) => models.map(([, series]) => series))))
      hash.update(numbers)
    return hash.digest('base64url').slice(0, DIGEST_LETTERS)
  }

  /** The days on which one user's numbers are not the same in another table, oldest first; of either window. */
  daysUnlike(other: UsageTable, userId: string | null): Day[] {
    const own = this.byUser.get(userId)
    const others = other.byUser.get(userId)
    const shift = daysBetween(this.window.from, other.window.from)
    const unlike = new Set<Day>()
    for (const [model, series] of own ?? []) {
      const compared = others?.get(model) ?? NO_SERIES
      for (const place of placesUnlike(series, compared, shift)) unlike.add(addDays(this.window.from, place))
    }
    for (const [model, series] of others ?? []) {
      const compared = own?.get(model) ?? NO_SERIES
      for (const place of placesUnlike(series, compared, -shift)) unlike.add(addDays(other.window.from, place))
    }
    return [...unlike].toSorted()
  }

  /** Cut from arrays that hold many: to allocate each on its own took longer than to fill it. */
  private newSeries(): Float64Array {
    const length = this.days.length * NUMBERS
    if (this.slabLeft.length < length) this.slabLeft = new Float64Array(length * SERIES_PER_SLAB)
    const series = this.slabLeft.subarray(0, length)
    this.slabLeft = this.slabLeft.subarray(length)
    return series
  }

  private seriesOf(userId: string | null, model: string): Float64Array {
    let models = this.byUser.get(userId)
    if (models === undefined) this.byUser.set(userId, (models = new Map()))
    let series = models.get(model)
    if (series === undefined) models.set(model, (series = this.newSeries()))
    return series
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

/** Series one after another in arrays that hold many: to hand over each on its own took longer than to digest it. */
function* inSlabs(all: readonly Float64Array[]): Generator<Float64Array> {
  const length = all[0]?.length ?? 0
  const slab = new Float64Array(length * Math.min(all.length, SERIES_PER_SLAB))
  let filled = 0
  for (const series of all) {
    slab.set(series, filled)
    filled += length
    if (filled < slab.length) continue
    yield slab
    filled = 0
  }
  yield slab.subarray(0, filled)
}

/** The places of a series whose numbers are others than those of another, which begins `shift` days later. */
function placesUnlike(series: Float64Array, other: Float64Array, shift: number): Set<number> {
  const places = new Set<number>()
  const offset = shift * NUMBERS
  for (let at = 0; at < series.length; at += 1) {
    if (series[at] !== (other[at - offset] ?? 0)) places.add(Math.floor(at / NUMBERS))
  }
  return places
}

function addSeries(sums: Float64Array, series: Float64Array): void {
  for (let at = 0; at < series.length; at += 1) sums[at] = (sums[at] ?? 0) + (series[at] ?? 0)
}

function numbersAt(series: Float64Array, place: number): UsageNumbers {
  const at = place * NUMBERS
  return {
    requests: series[at] ?? 0,
    inputTokens: series[at + 1] ?? 0,
    cachedInputTokens: series[at + 2] ?? 0,
    outputTokens: series[at + 3] ?? 0,
  }
}
