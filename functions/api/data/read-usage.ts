import { dayModelColumns, modelColumns, ownerColumns } from '../../../shared/contracts/csv-columns.ts'
import type { RangeQuery, UsageQuery, WireLicenses, WireUsage } from '../../../shared/contracts/data-contract.ts'
import { licensesOf } from '../../../shared/data-sets/directory/licenses-view.ts'
import { totalUsage, usageOfUser, type UsageByDay } from '../../../shared/data-sets/usage/usage-view.ts'
import { NO_USAGE } from '../../../shared/data-sets/usage/usage-table.ts'
import type { Window } from '../../../shared/domain/window.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { NotFoundError } from '../http/api-errors.ts'
import { asOf, rangeOf, requireOrder } from './as-of.ts'
import { toCsv, type CsvAnswer } from '../http/csv.ts'
import type { LoadedSnapshot } from './loaded-snapshot.ts'
import type { SnapshotView, SnapshotViews } from './snapshot-views.ts'

const NO_LICENSES: Omit<WireLicenses, 'asOf'> = {
  people: { active: 0, disabled: 0, banned: 0 },
  serviceAccounts: 0,
  seats: { member: 0, guest: 0 },
  licenses: { inUse: 0, unused: 0, noData: 0 },
  roles: [],
  activePeople: { today: 0, last7Days: 0, last30Days: 0 },
}

/** The organization's usage; its items add up to its total. */
export async function getUsage(
  deps: ApiDependencies,
  views: SnapshotViews,
  id: string,
  query: UsageQuery,
): Promise<WireUsage> {
  requireOrder(query)
  const read = await views.read(id)
  const { groupBy } = query
  if (read.view === null) {
    return { asOf: null, from: null, to: null, groupBy, items: [], nextCursor: null, total: { ...NO_USAGE } }
  }
  const { loaded, published } = read.view
  const range = rangeOf(query, published.window)
  const items = rowsBy(groupBy, loaded, range)
  const total = totalUsage(loaded.summed, range)
  return { asOf: asOf(deps, read), from: range.from, to: range.to, groupBy, items, nextCursor: null, total }
}

/** The organization's usage as CSV; by day, a row for each day and model. */
export async function exportUsage(
  deps: ApiDependencies,
  views: SnapshotViews,
  id: string,
  query: UsageQuery,
): Promise<CsvAnswer> {
  requireOrder(query)
  const read = await views.read(id)
  const fileName = `rollcall-usage-by-${query.groupBy}-${id}.csv`
  return { text: usageCsv(read.view, query), fileName, asOf: asOf(deps, read) }
}

/** Before the first successful sync: the header alone. */
function usageCsv(view: SnapshotView | null, query: UsageQuery): string {
  const rowsBy = <Row>(group: (loaded: LoadedSnapshot, range: Window) => readonly Row[]): readonly Row[] =>
    view === null ? [] : group(view.loaded, rangeOf(query, view.published.window))
  switch (query.groupBy) {
    case 'day':
      return toCsv(dayModelColumns, byDayAndModel(rowsBy((loaded, range) => loaded.usageByDay(range))))
    case 'model':
      return toCsv(
        modelColumns,
        rowsBy((loaded, range) => loaded.usageByModel(range)),
      )
    case 'user':
      return toCsv(
        ownerColumns,
        rowsBy((loaded, range) => loaded.usageByUser(range)),
      )
  }
}

function byDayAndModel(days: readonly UsageByDay[]) {
  return days.flatMap(({ day, models }) => models.map((row) => ({ day, ...row })))
}

/** One user's days as CSV, a row for each day and model. Throws `NotFoundError`. */
export async function exportUserUsage(
  deps: ApiDependencies,
  views: SnapshotViews,
  { id, userId }: { id: string; userId: string },
  query: RangeQuery,
): Promise<CsvAnswer> {
  const { items, asOf } = await getUserUsage(deps, views, { id, userId }, query)
  return { text: toCsv(dayModelColumns, byDayAndModel(items)), fileName: `rollcall-user-usage-${id}.csv`, asOf }
}

/** One user's days with usage. Throws `NotFoundError` for somebody the last successful sync does not know. */
export async function getUserUsage(
  deps: ApiDependencies,
  views: SnapshotViews,
  { id, userId }: { id: string; userId: string },
  query: RangeQuery,
) {
  requireOrder(query)
  const read = await views.read(id)
  if (!read.view?.loaded.users.some((user) => user.id === userId)) throw new NotFoundError('user')
  const { loaded, published } = read.view
  const items = usageOfUser(loaded.snapshot, userId, rangeOf(query, published.window))
  return { items: items.map((row) => toWireDay(row)), nextCursor: null, asOf: asOf(deps, read) }
}

/** People, seats and licenses in numbers; zeros before the first successful sync. */
export async function getLicenses(deps: ApiDependencies, views: SnapshotViews, id: string): Promise<WireLicenses> {
  const read = await views.read(id)
  if (read.view === null) return { asOf: null, ...NO_LICENSES }
  const licenses = licensesOf(read.view.loaded.users, read.view.published.window)
  return { asOf: asOf(deps, read), ...licenses, roles: [...licenses.roles] }
}

function rowsBy(groupBy: UsageQuery['groupBy'], loaded: LoadedSnapshot, range: Window): WireUsage['items'] {
  switch (groupBy) {
    case 'day':
      return loaded.usageByDay(range).map((row) => toWireDay(row))
    case 'model':
      return loaded.usageByModel(range)
    case 'user':
      return loaded.usageByUser(range)
  }
}

function toWireDay(row: UsageByDay) {
  return { ...row, models: [...row.models] }
}
