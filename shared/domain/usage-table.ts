import type { Day } from './day.ts'
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

/** How many numbers a series has for each day: those of `UsageNumbers`, in their order. */
export const NUMBERS_A_DAY = 4
/** One user's use of one model: `NUMBERS_A_DAY` numbers for each day of the window, oldest first. */
export type UsageSeries = Float64Array

const NO_MODELS: ReadonlyMap<string, UsageSeries> = new Map()
const SERIES_PER_SLAB = 256

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

/** What a series holds for one day, counted from the window's first; zeros for a day outside. */
export function numbersOn(series: UsageSeries, place: number): UsageNumbers {
  const at = place * NUMBERS_A_DAY
  return {
    requests: series[at] ?? 0,
    inputTokens: series[at + 1] ?? 0,
    cachedInputTokens: series[at + 2] ?? 0,
    outputTokens: series[at + 3] ?? 0,
  }
}

/** True when a series holds something for one day, counted from the window's first. */
export function isUsedOn(series: UsageSeries, place: number): boolean {
  const at = place * NUMBERS_A_DAY
  // Numbers that a double cannot tell from zero do not occur: what is counted is whole.
  return (series[at] ?? 0) + (series[at + 1] ?? 0) + (series[at + 2] ?? 0) + (series[at + 3] ?? 0) > 0
}

/**
 * The usage of one window, summed by user, model and day. Kept as one array of numbers for each user and model:
 * 10,000 users with two models over 60 days take 40 MB, a tenth of what row objects would.
 */
export class UsageTable {
  readonly window: Window
  /** The window's days, oldest first, and the place of each: reckoned once, since rows come by the hundred thousand. */
  readonly days: readonly Day[]
  private readonly places: ReadonlyMap<Day, number>
  private slab = new ArrayBuffer(0)
  private slabUsed = 0
  private readonly byUser = new Map<string | null, Map<string, UsageSeries>>()

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
    const at = place * NUMBERS_A_DAY
    series[at] = (series[at] ?? 0) + row.requests
    series[at + 1] = (series[at + 1] ?? 0) + row.inputTokens
    series[at + 2] = (series[at + 2] ?? 0) + row.cachedInputTokens
    series[at + 3] = (series[at + 3] ?? 0) + row.outputTokens
  }

  /** The table's own series of a user and a model, to add to; a new one when there is none. */
  seriesOf(userId: string | null, model: string): UsageSeries {
    let models = this.byUser.get(userId)
    if (models === undefined) this.byUser.set(userId, (models = new Map()))
    let series = models.get(model)
    if (series === undefined) models.set(model, (series = this.newSeries()))
    return series
  }

  /** Everybody with usage, in no particular order; null stands for rows that name no user. */
  users(): (string | null)[] {
    return [...this.byUser.keys()]
  }

  /** The series of one user, by model, in no particular order. */
  modelsOf(userId: string | null): ReadonlyMap<string, UsageSeries> {
    return this.byUser.get(userId) ?? NO_MODELS
  }

  /** One user's rows that are not all zero, by model, then oldest first. */
  *rowsOf(userId: string | null): Generator<UsageRow> {
    for (const [model, series] of this.modelsOf(userId)) {
      for (const [place, day] of this.days.entries()) {
        if (isUsedOn(series, place)) yield { day, userId, model, ...numbersOn(series, place) }
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

  /** One user's numbers over the whole window and all models. */
  totalOf(userId: string | null): UsageNumbers {
    let [requests, inputTokens, cachedInputTokens, outputTokens] = [0, 0, 0, 0]
    for (const series of this.modelsOf(userId).values()) {
      for (let at = 0; at < series.length; at += NUMBERS_A_DAY) {
        requests += series[at] ?? 0
        inputTokens += series[at + 1] ?? 0
        cachedInputTokens += series[at + 2] ?? 0
        outputTokens += series[at + 3] ?? 0
      }
    }
    return { requests, inputTokens, cachedInputTokens, outputTokens }
  }

  /** One user's requests on each day of the window, oldest first. */
  dailyRequestsOf(userId: string | null): number[] {
    const models = [...this.modelsOf(userId).values()]
    return this.days.map((_, place) => models.reduce((sum, series) => sum + (series[place * NUMBERS_A_DAY] ?? 0), 0))
  }

  /** The last day on which a user made a request; null when there is none. */
  lastDayOf(userId: string | null): Day | null {
    const models = [...this.modelsOf(userId).values()]
    const hasRequests = (place: number) => models.some((series) => (series[place * NUMBERS_A_DAY] ?? 0) > 0)
    return this.days.findLast((_, place) => hasRequests(place)) ?? null
  }

  /** Cut from memory for many: to allocate each on its own took longer than to fill it. */
  private newSeries(): UsageSeries {
    const bytes = this.days.length * NUMBERS_A_DAY * Float64Array.BYTES_PER_ELEMENT
    if (this.slabUsed + bytes > this.slab.byteLength) {
      this.slab = new ArrayBuffer(bytes * SERIES_PER_SLAB)
      this.slabUsed = 0
    }
    const series = new Float64Array(this.slab, this.slabUsed, this.days.length * NUMBERS_A_DAY)
    this.slabUsed += bytes
    return series
  }
}

function addSeries(sums: UsageSeries, series: UsageSeries): void {
  for (let at = 0; at < series.length; at += 1) sums[at] = (sums[at] ?? 0) + (series[at] ?? 0)
}
