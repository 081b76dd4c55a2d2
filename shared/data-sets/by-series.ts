import { measureNames } from './data-set.ts'
import type { DayTable } from './day-series/day-table.ts'
import { DAY_SERIES, type RegisteredSeries, type SeriesId } from './registry.ts'

/** A value for each registered series, by its id. */
export type BySeries<Value> = Readonly<Record<SeriesId, Value>>

/** The table of each registered series, by its id. */
export type SeriesTables = { readonly [Series in RegisteredSeries as Series['id']]: DayTable<Series> }

/** The measures of all series. Each user has a total for each of them. */
export const ALL_MEASURES = DAY_SERIES.flatMap((series) => measureNames(series))

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
