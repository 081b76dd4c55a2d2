import { costColumns } from '../../../shared/contracts/csv-columns.ts'
import { focusColumns } from '../../../shared/contracts/focus-columns.ts'
import type { CostsQuery } from '../../../shared/contracts/costs-contract.ts'
import type { RangeQuery } from '../../../shared/contracts/data-contract.ts'
import type { CostViews } from '../../../shared/data-sets/costs/cost-views.ts'
import { costs } from '../../../shared/data-sets/costs/costs.ts'
import type { Window } from '../../../shared/domain/window.ts'
import { providerOf } from '../../../shared/providers/find-provider.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { type CsvAnswer, toCsv } from '../http/csv.ts'
import { NotFoundError, ValidationError } from '../http/api-errors.ts'
import { rangeOf, requireAsOf, requireOrder } from './as-of.ts'
import { COST_CSV_ROWS, COST_ITEMS, costDaysOf, type CostsRead, projectNamesOf } from './cost-items.ts'
import type { LoadedSnapshot } from './loaded-snapshot.ts'
import type { UserParams } from './read-series.ts'
import type { SnapshotCache } from './snapshot-cache.ts'

interface CostsSource {
  readonly deps: ApiDependencies
  readonly cache: SnapshotCache
}

/** The organization's costs. The items add up to the total. Throws `DataSetNotReadError`. */
export async function getCosts(source: CostsSource, id: string, query: CostsQuery): Promise<object> {
  const read = await readCosts(source, id, query)
  const { asOf, views, range } = read
  const { currency, otherCurrencies } = views
  return {
    asOf,
    ...range,
    groupBy: query.groupBy,
    attribution: views.attribution,
    currency,
    items: COST_ITEMS[query.groupBy](read),
    nextCursor: null,
    total: currency === null ? '0' : views.totalOf(currency, range),
    otherCurrencies: otherCurrencies.map((other) => ({ currency: other, total: views.totalOf(other, range) })),
  }
}

/**
 * The same as CSV, in all currencies unless one is asked for. By day, it has a row for each day, project and line item. Throws
 * `DataSetNotReadError`.
 */
export async function exportCosts(source: CostsSource, id: string, query: CostsQuery): Promise<CsvAnswer> {
  const { groupBy } = query
  if (query.format === 'focus') return exportFocus(source, id, query)
  const read = await readCosts(source, id, query)
  const { currency, otherCurrencies } = read.views
  const others = query.currency === undefined ? otherCurrencies : []
  const rows = [...(currency === null ? [] : [currency]), ...others].flatMap((each) => {
    const inCurrency = { ...read, views: read.views.inCurrency(each) }
    const items = (COST_CSV_ROWS[groupBy] ?? COST_ITEMS[groupBy])(inCurrency)
    return items.map((row) => ({ ...row, currency: each }))
  })
  const text = toCsv(costColumns[groupBy], rows)
  return { text, fileName: `rollcall-costs-by-${groupBy}-${id}.csv`, asOf: read.asOf }
}

/** The costs of all currencies as a FOCUS file. Throws `ValidationError` for a grouping, since it has its own. */
async function exportFocus(source: CostsSource, id: string, query: CostsQuery): Promise<CsvAnswer> {
  if (query.groupBy !== 'day') throw new ValidationError([{ field: 'groupBy', message: 'must be day in a FOCUS file' }])
  if (query.currency !== undefined)
    throw new ValidationError([{ field: 'currency', message: 'is not supported for a FOCUS file, which has all' }])
  const { asOf, views, range, loaded, integration } = await readCosts(source, id, query)
  const names = projectNamesOf(loaded.snapshot)
  const account = { id: integration.id, name: integration.name }
  const provider = providerOf(integration.provider).name
  const charges = views.charges(range).map(({ subject, lineItem, ...charge }) => ({
    ...charge,
    account,
    provider,
    project: subject === '' ? null : { id: subject, name: names.get(subject) ?? null },
    lineItem: lineItem || null,
  }))
  return { text: toCsv(focusColumns, charges), fileName: `rollcall-costs-focus-${id}.csv`, asOf }
}

/** One user's days with costs. Throws `NotFoundError` and `DataSetNotReadError`. */
export async function getUserCosts(source: CostsSource, params: UserParams, query: RangeQuery): Promise<object> {
  const read = await readUserCosts(source, params, query)
  const { attribution, currency } = read.views
  return { asOf: read.asOf, attribution, currency, items: costDaysOf(read, params.userId), nextCursor: null }
}

/** The same as CSV. */
export async function exportUserCosts(source: CostsSource, params: UserParams, query: RangeQuery): Promise<CsvAnswer> {
  const read = await readUserCosts(source, params, query)
  const { currency } = read.views
  const rows = costDaysOf(read, params.userId).map((row) => ({ ...row, currency }))
  return { text: toCsv(costColumns.userDay, rows), fileName: `rollcall-user-costs-${params.id}.csv`, asOf: read.asOf }
}

async function readUserCosts(
  source: CostsSource,
  params: UserParams,
  query: Pick<RangeQuery, 'from' | 'to'>,
): Promise<CostsRead> {
  const read = await readCosts(source, params.id, query)
  if (!read.loaded.users.some((user) => user.id === params.userId)) throw new NotFoundError('user')
  return read
}

async function readCosts(
  { deps, cache }: CostsSource,
  id: string,
  query: Pick<CostsQuery, 'from' | 'to' | 'currency'>,
): Promise<CostsRead> {
  requireOrder(query)
  const data = await cache.read(id)
  const asOf = requireAsOf(deps, data, costs.id)
  const { loaded } = data
  if (loaded === null) throw new Error('A data set was read, but nothing is published.')
  const views = viewsIn(loaded, query.currency)
  return { asOf, integration: data.integration, loaded, views, range: costsRange(loaded, query) }
}

/** Throws `ValidationError` for a currency without costs. */
function viewsIn({ costs: main }: LoadedSnapshot, currency: string | undefined): CostViews {
  if (currency === undefined || currency === main.currency) return main
  if (main.otherCurrencies.includes(currency)) return main.inCurrency(currency)
  throw new ValidationError([{ field: 'currency', message: 'has no costs' }])
}

/** The requested days. Default: the window in which users’ costs are counted. */
function costsRange({ snapshot, costs: { window } }: LoadedSnapshot, query: Pick<RangeQuery, 'from' | 'to'>): Window {
  const known = snapshot.series.costs.window
  const from = query.from ?? (window.from <= (query.to ?? window.to) ? window.from : known.from)
  return rangeOf({ from, to: query.to }, known)
}
