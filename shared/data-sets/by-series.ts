import { type Measure, type Totals, totalMeasures } from './data-set.ts'
import type { DayTable, RowSpan } from './day-series/day-table.ts'
import { DAY_SERIES, type RegisteredSeries, type SeriesId } from './registry.ts'

/** A value for each registered series, by its id. */
export type BySeries<Value> = Readonly<Record<SeriesId, Value>>

/** The table of each registered series, by its id. */
export type SeriesTables = { readonly [Series in RegisteredSeries as Series['id']]: DayTable<Series> }

/** The series with calls and counts of their own. */
export type ShownSeries = Exclude<RegisteredSeries, { readonly shownWith: string }>
export const SHOWN_SERIES = DAY_SERIES.filter((series): series is ShownSeries => !('shownWith' in series))

/** The measures of all series that always add up. Each user has a total of each. */
export const TOTAL_MEASURES: readonly Measure[] = DAY_SERIES.flatMap((series) => totalMeasures(series))

const NAMES = new Set(TOTAL_MEASURES.map(({ name }) => name))

/** The series with such measures, and the names of these. */
const TOTALED = DAY_SERIES.map((series) => ({
  id: series.id,
  names: totalMeasures(series).map(({ name }) => name),
})).filter(({ names }) => names.length > 0)

/** One user's totals of all series. */
export type UserTotals = Totals<RegisteredSeries>

/** One user's totals of all series, on as many last days of each as usage has. Other series can have more days. */
export function totalsOf(tables: SeriesTables, rowsIn: (series: SeriesId) => RowSpan): UserTotals {
  const { days } = tables.usage
  const totals: Record<string, unknown> = {}
  for (const { id, names } of TOTALED) {
    const values: Readonly<Record<string, unknown>> = tables[id].totalIn(rowsIn(id), days.length)
    for (const name of names) totals[name] = values[name]
  }
  // Each measure that adds up has its total, but the compiler cannot derive that from the loops.
  return totals as UserTotals
}

/** The totals in a record that has more. */
export function totalsIn(values: UserTotals): UserTotals {
  return onlyTotals(Object.entries(values))
}

function onlyTotals(values: readonly (readonly [string, unknown])[]): UserTotals {
  // Each measure that adds up has its total, but the type of `Object.fromEntries` does not say so.
  return Object.fromEntries(values.filter(([name]) => NAMES.has(name))) as UserTotals
}

export function bySeries<Value>(valueOf: (series: RegisteredSeries) => Value): BySeries<Value> {
  return fromEntries(DAY_SERIES.map((series) => [series.id, valueOf(series)]))
}

/** Resolves when all are fulfilled, and rejects as soon as one rejects. */
export async function allBySeries<Value>(promises: BySeries<Promise<Value>>): Promise<BySeries<Value>> {
  return fromEntries(await Promise.all(DAY_SERIES.map(async ({ id }) => [id, await promises[id]] as const)))
}

export function tablesBySeries(tableOf: (series: RegisteredSeries) => DayTable): SeriesTables {
  // The compiler does not know that each id's table belongs to that series: the record has one type of value.
  return bySeries(tableOf) as SeriesTables
}

function fromEntries<Value>(entries: readonly (readonly [SeriesId, Value])[]): BySeries<Value> {
  // The type of `Object.fromEntries` does not say that it has every series.
  return Object.fromEntries(entries) as BySeries<Value>
}
