import { costColumns } from '../../../shared/contracts/csv-columns.ts'
import { focusColumns } from '../../../shared/contracts/focus-columns.ts'
import type { CostsQuery } from '../../../shared/contracts/costs-contract.ts'
import type { RangeQuery, WireAsOf } from '../../../shared/contracts/data-contract.ts'
import type { CostViews } from '../../../shared/data-sets/costs/cost-views.ts'
import { costs } from '../../../shared/data-sets/costs/costs.ts'
import { preliminaryFrom } from '../../../shared/data-sets/costs/preliminary-days.ts'
import type { Amounts } from '../../../shared/data-sets/data-set.ts'
import { byCell, byDay, byLabel, type LabelSum } from '../../../shared/data-sets/day-series/series-view.ts'
import { isKey, type KeyOwner } from '../../../shared/data-sets/keys/keys.ts'
import type { SnapshotPerson } from '../../../shared/data-sets/directory/directory-person.ts'
import type { Snapshot } from '../../../shared/data-sets/snapshot.ts'
import type { Day } from '../../../shared/domain/day.ts'
import type { Window } from '../../../shared/domain/window.ts'
import type { Integration } from '../../../shared/integrations/integration.ts'
import { providerOf } from '../../../shared/providers/find-provider.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { type CsvAnswer, toCsv } from '../http/csv.ts'
import { NotFoundError, ValidationError } from '../http/api-errors.ts'
import { rangeOf, requireAsOf, requireOrder } from './as-of.ts'
import type { LoadedSnapshot } from './loaded-snapshot.ts'
import type { UserParams } from './read-series.ts'
import type { SnapshotCache } from './snapshot-cache.ts'

interface CostsSource {
  readonly deps: ApiDependencies
  readonly cache: SnapshotCache
}

/** What an answer is made from. */
interface Read {
  readonly asOf: WireAsOf
  readonly integration: Integration
  readonly loaded: LoadedSnapshot
  readonly views: CostViews
  readonly range: Window
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
    items: ITEMS[query.groupBy](read),
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
    const items = (CSV_ROWS[groupBy] ?? ITEMS[groupBy])(inCurrency)
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
  return { asOf: read.asOf, attribution, currency, items: userDaysOf(read, params.userId), nextCursor: null }
}

/** The same as CSV. */
export async function exportUserCosts(source: CostsSource, params: UserParams, query: RangeQuery): Promise<CsvAnswer> {
  const read = await readUserCosts(source, params, query)
  const { currency } = read.views
  const rows = userDaysOf(read, params.userId).map((row) => ({ ...row, currency }))
  return { text: toCsv(costColumns.userDay, rows), fileName: `rollcall-user-costs-${params.id}.csv`, asOf: read.asOf }
}

async function readUserCosts(
  source: CostsSource,
  params: UserParams,
  query: Pick<RangeQuery, 'from' | 'to'>,
): Promise<Read> {
  const read = await readCosts(source, params.id, query)
  if (!read.loaded.users.some((user) => user.id === params.userId)) throw new NotFoundError('user')
  return read
}

async function readCosts(
  { deps, cache }: CostsSource,
  id: string,
  query: Pick<CostsQuery, 'from' | 'to' | 'currency'>,
): Promise<Read> {
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

type Row = Readonly<Record<string, unknown>>

const ITEMS: Readonly<Record<CostsQuery['groupBy'], (read: Read) => readonly Row[]>> = {
  day: ({ views, range, loaded }) => {
    const projectName = projectNamesOf(loaded.snapshot)
    return byDay(views.ofProjects, range).map(({ day, amounts, parts: [projects = [], lineItems = []] }) => ({
      day,
      amount: amountIn(amounts),
      preliminary: isPreliminary(day, views),
      projects: projects.map((project) => projectRow(project, projectName)),
      lineItems: lineItems.map((lineItem) => lineItemRow(lineItem)),
    }))
  },
  user: ({ views, range, loaded }) =>
    loaded.costsByPerson(views, range).map(({ amounts, ...person }) => ({ ...person, amount: amountIn(amounts) })),
  project: ({ views, range, loaded }) => {
    const projectName = projectNamesOf(loaded.snapshot)
    return byLabel(views.ofProjects, 0, range).map((project) => projectRow(project, projectName))
  },
  lineItem: ({ views, range }) => byLabel(views.ofProjects, 1, range).map((lineItem) => lineItemRow(lineItem)),
  key: (read) => keysOf(read),
}

/** The rows of a file, where they differ from the items of an answer. */
const CSV_ROWS: Readonly<Partial<Record<CostsQuery['groupBy'], (read: Read) => readonly Row[]>>> = {
  day: (read) => cellsOf(read),
  key: (read) =>
    keysOf(read).map(({ project, owner, ...row }) => ({
      ...row,
      projectId: project?.id ?? null,
      projectName: project?.name ?? null,
      ownerId: owner?.id ?? null,
      ownerEmail: owner?.email ?? null,
      ownerName: owner?.name ?? null,
    })),
}

function keysOf({ views, range, loaded }: Read) {
  const { lists, people } = loaded.snapshot
  const keys = new Map((lists.keys ?? []).filter(isKey).map((key) => [key.id, key]))
  const persons = new Map(people.map((person) => [person.userId, person]))
  return byLabel(views.ofKeys, 0, range).map(({ label, amounts }) => {
    const { name = null, project = null, owner = null } = keys.get(label) ?? {}
    const named = owner && withNames(owner, persons.get(owner.id))
    return { keyId: label || null, name, owner: named, project, amount: amountIn(amounts) }
  })
}

/** A provider can name owners in its directory alone. */
function withNames(owner: KeyOwner, person: SnapshotPerson | undefined) {
  const { id, name, email } = owner
  return { id, name: name ?? person?.name ?? null, email: email ?? person?.email ?? null }
}

function projectRow({ label, amounts }: LabelSum, nameOf: ReadonlyMap<string, string | null>) {
  return { projectId: label || null, name: nameOf.get(label) ?? null, amount: amountIn(amounts) }
}

function lineItemRow({ label, amounts }: LabelSum) {
  return { lineItem: label || null, amount: amountIn(amounts) }
}

function cellsOf({ views, range, loaded }: Read): Row[] {
  const names = projectNamesOf(loaded.snapshot)
  return byCell(views.ofProjects, range).map(({ day, labels: [projectId = '', lineItem = ''], amounts }) => ({
    day,
    projectId: projectId || null,
    projectName: names.get(projectId) ?? null,
    lineItem: lineItem || null,
    amount: amountIn(amounts),
    preliminary: isPreliminary(day, views),
  }))
}

function userDaysOf({ views, range }: Read, userId: string) {
  return byDay(views.ofPeople, range, userId).map(({ day, amounts }) => ({
    day,
    amount: amountIn(amounts),
    preliminary: isPreliminary(day, views),
  }))
}

/** Projects are named where their keys and members are listed. */
function projectNamesOf({ people, lists }: Snapshot): ReadonlyMap<string, string | null> {
  const ofKeys = (lists.keys ?? []).flatMap(({ project }) => (project === null ? [] : [project]))
  const ofPeople = people.flatMap(({ projects }) => projects ?? [])
  return new Map([...ofPeople, ...ofKeys].filter(({ name }) => name !== null).map(({ id, name }) => [id, name]))
}

function amountIn(amounts: Amounts): string {
  return String(amounts['amount'] ?? '0')
}

function isPreliminary(day: Day, { to }: CostViews): boolean {
  return day >= preliminaryFrom(to)
}
