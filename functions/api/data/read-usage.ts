import type { CsvCell, CsvColumns } from '../../../shared/contracts/csv-columns.ts'
import type { RangeQuery } from '../../../shared/contracts/data-contract.ts'
import { ALL_KINDS, type UsageQuery } from '../../../shared/contracts/usage-contract.ts'
import { measureNames } from '../../../shared/data-sets/data-set.ts'
import { byCell, byDay, type CellSum } from '../../../shared/data-sets/day-series/series-view.ts'
import { oneKind } from '../../../shared/data-sets/other-usage/kind-tables.ts'
import { unitOf } from '../../../shared/data-sets/other-usage/kinds.ts'
import { otherUsage } from '../../../shared/data-sets/other-usage/other-usage.ts'
import { usage } from '../../../shared/data-sets/usage/usage.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { notReadState } from '../../../shared/integrations/sync.ts'
import { providerOf } from '../../../shared/providers/find-provider.ts'
import { DataSetNotReadError, ValidationError } from '../http/api-errors.ts'
import { type CsvAnswer, toCsv } from '../http/csv.ts'
import { asOf, requireOrder } from './as-of.ts'
import { kindDataOf, kindFormOf, missingKind } from './kind-data.ts'
import {
  readUser,
  requireRead,
  type SeriesAbout,
  seriesAnswer,
  seriesCsv,
  type SeriesSource,
  type UserParams,
} from './read-series.ts'
import { toWireAmounts, toWireDay } from './series-answers.ts'
import type { OrganizationData } from './snapshot-cache.ts'

const OF_ALL_KINDS = [usage.id, otherUsage.id]

type UsageSource = Omit<SeriesSource, 'series'>

/** The organization's usage of a kind, or of all. The items add up to the total, except for what is stored on a day. */
export async function getUsage(source: UsageSource, id: string, query: UsageQuery) {
  requireOrder(query)
  return seriesAnswer(await readAbout(source, id, query), query)
}

/** The same as CSV. */
export async function exportUsage(source: UsageSource, id: string, query: UsageQuery): Promise<CsvAnswer> {
  requireOrder(query)
  const kind = query.kind === undefined ? '' : `-${query.kind}`
  return seriesCsv(await readAbout(source, id, query), query, `rollcall-usage${kind}-by-${query.groupBy}-${id}.csv`)
}

/** Throws `DataSetNotReadError` for another kind while none was read. Of all kinds, those that were read are answered. */
async function readAbout({ deps, cache }: UsageSource, id: string, query: UsageQuery): Promise<SeriesAbout> {
  const organization = await cache.read(id)
  const { primaryKind } = providerOf(organization.integration.provider)
  const kind = query.kind ?? (query.groupBy === 'kind' ? ALL_KINDS : primaryKind)
  const asked = { kind, primaryKind, groupBy: query.groupBy }
  const form = kindFormOf(asked)
  if (form === undefined) {
    throw new ValidationError([{ field: 'kind', message: `must be ${primaryKind}, one of the other kinds, or all` }])
  }
  const isOther = kind !== primaryKind && kind !== ALL_KINDS
  if (isOther) requireKindRead(organization, kind)
  const dataSets = kind === ALL_KINDS ? OF_ALL_KINDS : [isOther ? otherUsage.id : usage.id]
  return { deps, organization, dataSets, form, data: kindDataOf(organization, asked) }
}

/** Throws `DataSetNotReadError` for a kind that was never read. */
function requireKindRead(organization: OrganizationData, kind: string): void {
  requireRead(organization, otherUsage)
  const missing = missingKind(organization.published, kind)
  if (missing === undefined || missing.readAt !== null) return
  throw new DataSetNotReadError(kind, notReadState(missing.code))
}

/** One user's days with usage of any kind. Throws `NotFoundError` for a user who is not in the last successful sync. */
export async function getUserUsage(source: UsageSource, params: UserParams, query: RangeQuery) {
  const { organization, loaded, table, range } = await readUser({ ...source, series: usage }, params, query)
  const days = new Map(byDay(table, range, params.userId).map((sum) => [sum.day, sum]))
  const others = byDay(loaded.table(otherUsage), range, params.userId)
  const kinds = new Map(others.map(({ day, parts: [ofKinds = []] }) => [day, ofKinds]))
  const items = [...new Set([...days.keys(), ...kinds.keys()])].toSorted().map((day) => ({
    ...toWireDay({ series: usage }, days.get(day) ?? emptyDay(day)),
    otherKinds: (kinds.get(day) ?? []).map(({ label: kind, amounts: { otherRequests = 0, quantity = 0 } }) => ({
      kind,
      ...toWireAmounts({ series: oneKind, unit: unitOf(kind) }, { requests: otherRequests, quantity }),
    })),
  }))
  return { items, nextCursor: null, asOf: asOf(source.deps, organization, OF_ALL_KINDS) }
}

function emptyDay(day: Day) {
  return { day, amounts: Object.fromEntries(measureNames(usage).map((name) => [name, 0])), parts: [[]] }
}

/** The same as CSV, with a row for each day, kind and model. Throws `NotFoundError`. */
export async function exportUserUsage(source: UsageSource, params: UserParams, query: RangeQuery): Promise<CsvAnswer> {
  const { organization, loaded, table, range } = await readUser({ ...source, series: usage }, params, query)
  const { primaryKind } = providerOf(organization.integration.provider)
  const own = byCell(table, range, params.userId).map((cell) => ({ ...cell, labels: [primaryKind, ...cell.labels] }))
  const others = byCell(loaded.table(otherUsage), range, params.userId).map((cell) => ({
    ...cell,
    amounts: { ...cell.amounts, requests: cell.amounts['otherRequests'] ?? 0 },
  }))
  const cells = Map.groupBy([...own, ...others], ({ day }) => day)
  const rows = [...cells].toSorted(([left], [right]) => (left < right ? -1 : 1)).flatMap(([, ofDay]) => ofDay)
  const fileName = `rollcall-user-usage-${params.id}.csv`
  return { text: toCsv(userUsageColumns, rows), fileName, asOf: asOf(source.deps, organization, OF_ALL_KINDS) }
}

const amountOf =
  (name: string) =>
  ({ amounts }: CellSum): CsvCell =>
    amounts[name] ?? null

/** Tokens are empty for other kinds, quantity and unit for the primary one. */
const userUsageColumns: CsvColumns<CellSum> = {
  day: ({ day }) => day,
  kind: ({ labels: [kind = null] }) => kind,
  model: ({ labels: [, model = null] }) => model,
  ...Object.fromEntries(measureNames(usage).map((name) => [name, amountOf(name)])),
  quantity: ({ labels: [kind = ''], amounts }) => (unitOf(kind) === null ? null : (amounts['quantity'] ?? null)),
  unit: ({ labels: [kind = ''] }) => unitOf(kind),
}
