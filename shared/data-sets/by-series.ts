import type { Amounts, Measure } from './data-set.ts'
import type { DayTable } from './day-series/day-table.ts'
import { DAY_SERIES, type RegisteredSeries, type SeriesId } from './registry.ts'

/** A value for each registered series, by its id. */
export type BySeries<Value> = Readonly<Record<SeriesId, Value>>

/** The table of each registered series, by its id. */
export type SeriesTables = { readonly [Series in RegisteredSeries as Series['id']]: DayTable<Series> }

/** The measures of all series. Each user has a total of each. */
export const ALL_MEASURES: readonly Measure[] = DAY_SERIES.flatMap((series): readonly Measure[] => series.measures)

const NAMES = new Set(ALL_MEASURES.map(({ name }) => name))

/** One user's totals of all series, on as many last days of each as usage has. Other series can have more days. */
export function totalsOf(userId: string, tables: SeriesTables): Amounts<RegisteredSeries> {
  const { days } = tables.usage
  const totals = DAY_SERIES.map(({ id }) => tables[id].totalOf(userId, days.length))
  // Each measure has its total, but the type of `Object.assign` does not say so.
  return Object.assign({}, ...totals) as Amounts<RegisteredSeries>
}

/** The measures of all series, from a record that has more. */
export function measuresOf(values: Amounts<RegisteredSeries>): Amounts<RegisteredSeries> {
  const measures = Object.entries(values).filter(([name]) => NAMES.has(name))
  // No measure was left out, but the type of `Object.fromEntries` does not say so.
  return Object.fromEntries(measures) as Amounts<RegisteredSeries>
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
