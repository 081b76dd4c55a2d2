import type { WireUsage, WireUserUsage } from '../../../shared/contracts/usage-contract.ts'
import { formatMoneyShort, formatUnits } from '../format/format-money.ts'
import { formatNumber, formatShort } from '../format/format-number.ts'
import { type DayOfParts, stackDays, type StackedDays } from './stacked-days.ts'

/** What a day chart shows, in words. */
export interface DayMeasure {
  /** `Requests by day` */
  readonly title: string
  /** The sum of all series: `All requests` */
  readonly all: string
  /** What the series are: `Models`. Null for a single series, which needs no legend. */
  readonly series: string | null
  readonly format: (value: bigint) => string
  /** With the unit, to be read aloud: `1,204 requests`. */
  readonly inWords: (value: bigint) => string
  /** A value of the scale. */
  readonly formatShort: (value: number) => string
  /** What is said of a day that is not complete: `so far`. */
  readonly unfinished: string
  /** The sentence under the chart about these days, whose names it gets. */
  readonly unfinishedNote: (days: string) => string
}

export const REQUESTS: DayMeasure = {
  title: 'Requests by day',
  all: 'All requests',
  series: 'Models',
  format: formatNumber,
  inWords: (value) => `${formatNumber(value)} requests`,
  formatShort,
  unfinished: 'so far',
  unfinishedNote: (days) => `Striped: ${days} was incomplete when it was read.`,
}

/** Costs in a currency. Values are units of amounts. */
export function costMeasure(currency: string, series: string | null): DayMeasure {
  const format = (value: bigint) => formatUnits(value, currency)
  return {
    title: 'Costs by day',
    all: 'All costs',
    series,
    format,
    inWords: format,
    formatShort: (value) => formatMoneyShort(value, currency),
    unfinished: 'preliminary',
    unfinishedNote: (days) => `Striped: ${days} are preliminary, since providers report costs late.`,
  }
}

/** A day of an answer about usage, of any kind. */
interface UsageDay {
  readonly day: string
  readonly requests: number
  readonly models: readonly { readonly model: string | null; readonly requests: number }[]
}

/** Requests by day, stacked by model. */
export function stackRequests(
  items: WireUsage['items'] | WireUserUsage['items'],
  from: string,
  to: string,
): StackedDays {
  const rows = [...items].flatMap((row) => ('day' in row && 'models' in row ? [requestsOf(row)] : []))
  return stackDays(rows, from, to, 'Other models')
}

function requestsOf({ day, requests, models }: UsageDay): DayOfParts {
  const parts = models.map(({ model, requests: value }) => {
    const name = model ?? 'No model'
    return { id: name, name, value: BigInt(value) }
  })
  return { day, total: BigInt(requests), parts }
}
