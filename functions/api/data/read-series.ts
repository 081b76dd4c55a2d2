import { cellColumns } from '../../../shared/contracts/csv-columns.ts'
import type { RangeQuery } from '../../../shared/contracts/data-contract.ts'
import type { SeriesQuery } from '../../../shared/contracts/series-contract.ts'
import type { DaySeries } from '../../../shared/data-sets/data-set.ts'
import { byCell, byDay } from '../../../shared/data-sets/day-series/series-view.ts'
import { dataSetState } from '../../../shared/integrations/integration.ts'
import { isRequired } from '../../../shared/providers/find-provider.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { DataSetNotReadError, NotFoundError } from '../http/api-errors.ts'
import { type CsvAnswer, toCsv } from '../http/csv.ts'
import { asOf, rangeOf, requireOrder } from './as-of.ts'
import { csvBy, itemsBy, noTotal, type SeriesData, type SeriesForm, totalBy, toWireDay } from './series-answers.ts'
import type { OrganizationData, SnapshotCache } from './snapshot-cache.ts'

/** The source of the answers about one series. */
export interface SeriesSource {
  readonly deps: ApiDependencies
  readonly cache: SnapshotCache
  readonly series: DaySeries
}

/** What an answer about a series is made from, as far as it was read. */
export interface SeriesAbout {
  readonly deps: ApiDependencies
  readonly organization: OrganizationData
  /** The data sets whose readings the answer shows. */
  readonly dataSets: readonly string[]
  readonly form: SeriesForm
  /** Null before the first successful sync. */
  readonly data: SeriesData | null
}

type Grouping = Pick<SeriesQuery, 'from' | 'to'> & { readonly groupBy: string }

/** The organization's amounts. The items add up to the total. */
export async function getSeries(source: SeriesSource, id: string, query: SeriesQuery) {
  requireOrder(query)
  return seriesAnswer(await readAbout(source, id), query)
}

/** The same as CSV. Grouped by day, it has a row for each day and text of each dimension. */
export async function exportSeries(source: SeriesSource, id: string, query: SeriesQuery): Promise<CsvAnswer> {
  requireOrder(query)
  const fileName = `rollcall-${source.series.id}-by-${query.groupBy}-${id}.csv`
  return seriesCsv(await readAbout(source, id), query, fileName)
}

export function seriesAnswer({ deps, organization, dataSets, form, data }: SeriesAbout, query: Grouping) {
  const { groupBy } = query
  if (data === null) {
    return { asOf: null, from: null, to: null, groupBy, items: [], nextCursor: null, total: noTotal(form) }
  }
  const range = rangeOf(query, data.window)
  const items = itemsBy(groupBy, form, data, range)
  const total = totalBy(form, data, range)
  return { asOf: asOf(deps, organization, dataSets), ...range, groupBy, items, nextCursor: null, total }
}

export function seriesCsv(about: SeriesAbout, query: Grouping, fileName: string): CsvAnswer {
  const { deps, organization, dataSets, form, data } = about
  const text = csvBy(query.groupBy, form, data === null ? null : { data, range: rangeOf(query, data.window) })
  return { text, fileName, asOf: asOf(deps, organization, dataSets) }
}

async function readAbout({ deps, cache, series }: SeriesSource, id: string): Promise<SeriesAbout> {
  const organization = await cache.read(id)
  requireRead(organization, series)
  const data = organization.loaded?.dataOf(series) ?? null
  return { deps, organization, dataSets: [series.id], form: { series }, data }
}

/** One user's days. Throws `NotFoundError` for a user who is not in the last successful sync. */
export async function getUserDays(source: SeriesSource, params: UserParams, query: RangeQuery) {
  const { organization, table, range } = await readUser(source, params, query)
  const items = byDay(table, range, params.userId).map((day) => toWireDay(source, day))
  return { items, nextCursor: null, asOf: asOf(source.deps, organization, [source.series.id]) }
}

/** The same as CSV, with a row for each day and text of each dimension. Throws `NotFoundError`. */
export async function exportUserDays(source: SeriesSource, params: UserParams, query: RangeQuery): Promise<CsvAnswer> {
  const { organization, table, range } = await readUser(source, params, query)
  const text = toCsv(cellColumns(source.series), byCell(table, range, params.userId))
  const fileName = `rollcall-user-${source.series.id}-${params.id}.csv`
  return { text, fileName, asOf: asOf(source.deps, organization, [source.series.id]) }
}

/** Throws `DataSetNotReadError` for an optional series without any reading. A required one is empty before the first sync. */
export function requireRead({ integration }: OrganizationData, { id }: DaySeries): void {
  if (isRequired(integration.provider, id)) return
  if (integration.published?.dataSets[id] === undefined)
    throw new DataSetNotReadError(id, dataSetState(integration, id))
}

export interface UserParams {
  readonly id: string
  readonly userId: string
}

/** A user's data. Throws `NotFoundError` for one who is not in the last successful sync, and `DataSetNotReadError`. */
export async function readUser({ cache, series }: SeriesSource, params: UserParams, query: RangeQuery) {
  requireOrder(query)
  const organization = await cache.read(params.id)
  const { loaded } = organization
  if (loaded?.users.some((user) => user.id === params.userId) !== true) throw new NotFoundError('user')
  requireRead(organization, series)
  const table = loaded.table(series)
  return { organization, loaded, table, range: rangeOf(query, table.window) }
}
