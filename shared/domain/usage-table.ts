import { addDays, daysBetween, type Day } from './day.ts'
import { isWithin, windowLength, type Window } from './window.ts'

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
  private readonly byUser = new Map<string | null, Map<string, Float64Array>>()

  constructor(window: Window) {
    this.window = window
  }

  /** Adds a row's numbers to what is there. Throws `RangeError` for a day outside the window. */
  add(row: UsageRow): void {
    if (!isWithin(row.day, this.window)) throw new RangeError(`The day ${row.day} lies outside the window.`)
    if (isNoUsage(row)) return
    const series = this.seriesOf(row.userId, row.model)
    const at = daysBetween(this.window.from, row.day) * NUMBERS
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
      for (let at = 0; at < series.length; at += NUMBERS) {
        const numbers = numbersAt(series, at)
        if (isNoUsage(numbers)) continue
        yield { day: addDays(this.window.from, at / NUMBERS), userId, model, ...numbers }
      }
    }
  }

  /** All rows that are not all zero. */
  *rows(): Generator<UsageRow> {
    for (const userId of this.byUser.keys()) yield* this.rowsOf(userId)
  }

  private seriesOf(userId: string | null, model: string): Float64Array {
    let models = this.byUser.get(userId)
    if (models === undefined) this.byUser.set(userId, (models = new Map()))
    let series = models.get(model)
    if (series === undefined) models.set(model, (series = new Float64Array(windowLength(this.window) * NUMBERS)))
    return series
  }
}

function numbersAt(series: Float64Array, at: number): UsageNumbers {
  return {
    requests: series[at] ?? 0,
    inputTokens: series[at + 1] ?? 0,
    cachedInputTokens: series[at + 2] ?? 0,
    outputTokens: series[at + 3] ?? 0,
  }
}
