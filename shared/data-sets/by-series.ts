import { measureNames } from './data-set.ts'
import type { DayTable } from './day-series/day-table.ts'
import { DAY_SERIES, type RegisteredSeries, type SeriesId } from './registry.ts'

/** A value for each registered series, by its id. */
export type BySeries<Value> = Readonly<Record<SeriesId, Value>>

/** The table of each registered series, by its id. */
export type SeriesTables = { readonly [Series in RegisteredSeries as Series['id']]: DayTable<Series> }

/** The measures of all series: what each user has totals of. */
export const ALL_MEASURES = DAY_SERIES.flatMap((series) => measureNames(series))

export function bySeries<Value>(valueOf: (series: RegisteredSeries) => Value): BySeries<Value> {
  return fromEntries(DAY_SERIES.map((series) => [series.id, valueOf(series)]))
}

/** Once all are fulfilled. Rejects as soon as one does. */
export async function allBySeries<Value>(promises: BySeries<Promise<Value>>): Promise<BySeries<Value>> {
  return fromEntries(await Promise.all(DAY_SERIES.map(async ({ id }) => [id, await promises[id]] as const)))
}

export function tablesBySeries(tableOf: (series: RegisteredSeries) => DayTable): SeriesTables {
  // Each table is of the series under whose id it stands, which a record of one type of value does not tell the compiler.
  return bySeries(tableOf) as SeriesTables
}

function fromEntries<Value>(entries: readonly (readonly [SeriesId, Value])[]): BySeries<Value> {
  // `Object.fromEntries` forgets that every series is among them.
  return Object.fromEntries(entries) as BySeries<Value>
}
