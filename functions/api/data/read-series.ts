import { cellColumns, labelColumns, personColumns } from '../../../shared/contracts/csv-columns.ts'
import type { RangeQuery } from '../../../shared/contracts/data-contract.ts'
import type { SeriesQuery } from '../../../shared/contracts/series-contract.ts'
import type { DaySeries } from '../../../shared/data-sets/data-set.ts'
import { addedUp } from '../../../shared/data-sets/day-series/columns.ts'
import {
  byCell,
  byDay,
  byLabel,
  type DaySum,
  type LabelSum,
  type PersonSum,
  totalOf,
} from '../../../shared/data-sets/day-series/series-view.ts'
import { dataSetState } from '../../../shared/integrations/integration.ts'
import { providerOf } from '../../../shared/providers/find-provider.ts'
import type { Window } from '../../../shared/domain/window.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { DataSetNotReadError, NotFoundError } from '../http/api-errors.ts'
import { type CsvAnswer, toCsv } from '../http/csv.ts'
import { asOf, rangeOf, requireOrder } from './as-of.ts'
import type { LoadedSnapshot } from './loaded-snapshot.ts'
import type { OrganizationData, SnapshotCache } from './snapshot-cache.ts'

/** The source of the answers about one series. */
export interface SeriesSource {
  readonly deps: ApiDependencies
  readonly cache: SnapshotCache
  readonly series: DaySeries
}

/** The organization's amounts. The items add up to the total. */
export async function getSeries({ deps, cache, series }: SeriesSource, id: string, query: SeriesQuery) {
  requireOrder(query)
  const data = await cache.read(id)
  requireRead(data, series)
  const { groupBy } = query
  if (data.loaded === null) {
    return { asOf: null, from: null, to: null, groupBy, items: [], nextCursor: null, total: addedUp(series, []) }
  }
  const range = rangeOf(query, data.loaded.table(series).window)
  const items = itemsBy(groupBy, series, data.loaded, range)
  const total = totalOf(data.loaded.summed(series), range)
  return { asOf: asOf(deps, data, series.id), from: range.from, to: range.to, groupBy, items, nextCursor: null, total }
}

/** The same as CSV. Grouped by day, it has a row for each day and text of each dimension. */
export async function exportSeries(
  { deps, cache, series }: SeriesSource,
  id: string,
  query: SeriesQuery,
): Promise<CsvAnswer> {
  requireOrder(query)
  const data = await cache.read(id)
  requireRead(data, series)
  const fileName = `rollcall-${series.id}-by-${query.groupBy}-${id}.csv`
  const { loaded } = data
  const read = loaded === null ? null : { loaded, range: rangeOf(query, loaded.table(series).window) }
  return { text: seriesCsv(series, query.groupBy, read), fileName, asOf: asOf(deps, data, series.id) }
}

/** Only the header before the first successful sync. */
function seriesCsv(
  series: DaySeries,
  groupBy: string,
  data: { readonly loaded: LoadedSnapshot; readonly range: Window } | null,
): string {
  if (groupBy === 'day') {
    return toCsv(cellColumns(series), data === null ? [] : byCell(data.loaded.summed(series), data.range))
  }
  if (groupBy === 'user') {
    return toCsv(personColumns(series), data === null ? [] : data.loaded.byPerson(series, data.range))
  }
  const rows = data === null ? [] : byLabel(data.loaded.summed(series), dimensionOf(series, groupBy), data.range)
  return toCsv(labelColumns(series, groupBy), rows)
}

/** One user's days. Throws `NotFoundError` for a user who is not in the last successful sync. */
export async function getUserDays(source: SeriesSource, params: UserParams, query: RangeQuery) {
  const { table, range, asOf } = await readUser(source, params, query)
  const items = byDay(table, range, params.userId).map((day) => toWireDay(source.series, day))
  return { items, nextCursor: null, asOf }
}

/** The same as CSV, with a row for each day and text of each dimension. Throws `NotFoundError`. */
export async function exportUserDays(source: SeriesSource, params: UserParams, query: RangeQuery): Promise<CsvAnswer> {
  const { table, range, asOf } = await readUser(source, params, query)
  const text = toCsv(cellColumns(source.series), byCell(table, range, params.userId))
  return { text, fileName: `rollcall-user-${source.series.id}-${params.id}.csv`, asOf }
}

/** Throws `DataSetNotReadError` for an optional series without any reading. A required one is empty before the first sync. */
function requireRead({ integration }: OrganizationData, { id }: DaySeries): void {
  const { dataSets } = providerOf(integration.provider)
  if (dataSets.some((dataSet) => dataSet.id === id && dataSet.required)) return
  if (integration.published?.dataSets[id] === undefined)
    throw new DataSetNotReadError(id, dataSetState(integration, id))
}

interface UserParams {
  readonly id: string
  readonly userId: string
}

async function readUser({ deps, cache, series }: SeriesSource, { id, userId }: UserParams, query: RangeQuery) {
  requireOrder(query)
  const data = await cache.read(id)
  if (!data.loaded?.users.some((user) => user.id === userId)) throw new NotFoundError('user')
  requireRead(data, series)
  const table = data.loaded.table(series)
  return { table, range: rangeOf(query, table.window), asOf: asOf(deps, data, series.id) }
}

function itemsBy(groupBy: string, series: DaySeries, loaded: LoadedSnapshot, range: Window): readonly object[] {
  if (groupBy === 'day') return loaded.byDay(series, range).map((day) => toWireDay(series, day))
  if (groupBy === 'user') {
    return loaded.byPerson(series, range).map((person) => toWirePerson(person))
  }
  const rows = byLabel(loaded.summed(series), dimensionOf(series, groupBy), range)
  return rows.map((row) => toWireLabel(groupBy, row))
}

/** The index of a dimension. The query's schema ensures that it exists. */
function dimensionOf({ dimensions }: DaySeries, groupBy: string): number {
  return dimensions.findIndex(({ name }) => name === groupBy)
}

function toWireDay({ dimensions }: DaySeries, { day, amounts, parts }: DaySum) {
  const lists = dimensions.map(({ name, plural }, place) => [
    plural,
    (parts[place] ?? []).map((part) => toWireLabel(name, part)),
  ])
  return { day, ...amounts, ...Object.fromEntries(lists) }
}

function toWireLabel(dimension: string, { label, amounts }: LabelSum) {
  return { [dimension]: label, ...amounts }
}

function toWirePerson({ userId, name, email, kind, amounts }: PersonSum) {
  return { userId, name, email, kind, ...amounts }
}
