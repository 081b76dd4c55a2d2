import { type ModelDataSetResult, notReadResult, readResult } from './data-sets.ts'
import type { ModelPublished, ModelReading } from './model.ts'
import type { ModelFailure } from './organization.ts'
import { type ModelWindow, order } from './rules.ts'
import { currenciesOf, rowsIn, storedCosts, sumText } from './stored-costs.ts'

/** What a report says of a day's costs. All of one report add up to what a day cost in a currency. */
export interface ModelCost {
  readonly day: string
  readonly report: string
  readonly userId: string | null
  /** The id of a project or a key. */
  readonly subject: string | null
  readonly lineItem: string | null
  readonly currency: string
  /** Ten-billionths. */
  readonly units: bigint
}

/** What OpenAI says of costs: the rows of all reports, and which reports it refuses, with the status. */
export interface ModelCosts {
  readonly rows: readonly ModelCost[]
  readonly missing: readonly { readonly report: string; readonly status: number }[]
  /** The number of rows on its pages. */
  readonly rawRows: number
}

/** “From the window's first day or the first day of the previous month, whichever is earlier.” */
export function costsWindow({ from, to }: ModelWindow): ModelWindow {
  const [year = '', month = ''] = to.split('-')
  const first =
    month === '01' ? `${Number(year) - 1}-12-01` : `${year}-${String(Number(month) - 1).padStart(2, '0')}-01`
  return { from: order(first, from) < 0 ? first : from, to }
}

/** What is published of them after a sync. “One that fails keeps its last reading.” */
export function costsAfter(
  found: ModelCosts | ModelFailure | undefined,
  before: ModelPublished | null,
  reading: ModelReading,
): ModelPublished['costs'] {
  if (found === undefined) return null
  return 'failure' in found ? (before?.costs ?? null) : { ...reading, ...found }
}

/** What a sync says of them. */
export function costsResults(
  found: ModelCosts | ModelFailure | undefined,
  before: ModelPublished | null,
): ModelDataSetResult[] {
  if (found === undefined) return []
  if ('failure' in found) return [notReadResult('costs', found.failure)]
  const published = before?.costs ?? undefined
  return [
    readResult('costs', found.rawRows, { before: published && storedCosts(published), after: storedCosts(found) }),
  ]
}

/** How many rows a sync counts as read. */
export function costRowsOf(found: ModelCosts | ModelFailure | undefined): number {
  return found === undefined || 'failure' in found ? 0 : found.rawRows
}

/** The reports that the integration says are missing: nothing earlier is kept of them. */
export function missingReports(costs: ModelCosts | null) {
  const missing = (costs?.missing ?? []).map(({ report, status }) => ({
    part: report,
    code: status === 403 ? 'insufficient_permissions' : 'data_set_unavailable',
    rowsAsOf: null,
  }))
  return missing.toSorted((left, right) => order(left.part, right.part))
}

/** The costs that an answer shows: of one report, in the main currency, in a range. */
export interface Shown {
  readonly currency: string | null
  readonly rowsOf: (report: string) => readonly ModelCost[]
}

/** “`cost` of a user or key is that of the window in the main currency”: the window of the last reading of costs. */
export function costOfUser(published: ModelPublished, userId: string) {
  if (published.costs === null) return null
  const { currency, rowsOf } = shown(published, published.costs.window)
  if (currency === null || attributionOf(published) === null) return null
  return { amount: sumText(personRows(published, rowsOf).filter((row) => row.userId === userId)), currency }
}

/** “`costs[]` is by currency”: the main one, and each other one that the user caused costs in. */
export function costsOfUser(published: ModelPublished, userId: string) {
  const main = costOfUser(published, userId)
  if (main === null || published.costs === null) return []
  const { window } = published.costs
  const others = currenciesOf(published)
    .filter((currency) => currency !== main.currency)
    .map((currency) => {
      const rows = personRows(published, shown(published, window, currency).rowsOf)
      return { amount: sumText(rows.filter((row) => row.userId === userId)), currency }
    })
  return [main, ...others.filter(({ amount }) => amount !== '0')]
}

/** The same of a key. Null where the provider does not report costs by key. */
export function costOfKey(published: ModelPublished, keyId: string) {
  if (published.costs === null || isMissing(published, 'key')) return null
  const { currency, rowsOf } = shown(published, published.costs.window)
  if (currency === null) return null
  return { amount: sumText(rowsOf('key').filter((row) => row.subject === keyId)), currency }
}

/** “`provider`, `key_owner` (joined over the keys' owners where the provider refuses people), or null.” */
export function attributionOf(published: ModelPublished): string | null {
  const rows = (published.costs?.rows ?? []).filter(({ units }) => units !== 0n)
  if (rows.some((row) => row.report === 'user')) return 'provider'
  const knowsOwners = (published.keys?.items ?? []).some((key) => key.owner !== null)
  return knowsOwners && rows.some((row) => row.report === 'key') ? 'key_owner' : null
}

export function personRows(published: ModelPublished, rowsOf: Shown['rowsOf']): readonly ModelCost[] {
  if (attributionOf(published) !== 'key_owner') return rowsOf('user')
  const owners = new Map((published.keys?.items ?? []).map((key) => [key.id, key.owner?.id ?? null]))
  return rowsOf('key').map((row) => ({ ...row, userId: owners.get(row.subject ?? '') ?? row.subject }))
}

/** The kinds of owners that only the keys know: service accounts, and keys that stand for themselves. */
export function ownerKinds(published: ModelPublished, rows: readonly ModelCost[]): ReadonlyMap<string, string> {
  if (attributionOf(published) !== 'key_owner') return new Map()
  const owners = (published.keys?.items ?? []).flatMap(({ owner }) => owner ?? [])
  const serviceAccounts = owners.filter(({ kind }) => kind === 'service_account')
  return new Map([
    ...rows.flatMap(({ subject }): [string, string][] => (subject === null ? [] : [[subject, 'key']])),
    ...serviceAccounts.map(({ id }): [string, string] => [id, 'service_account']),
  ])
}

/** A report that was refused leaves everything unattributed. Default: in the main currency. */
export function shown(
  published: ModelPublished,
  range: ModelWindow,
  currency: string | null = currenciesOf(published)[0] ?? null,
): Shown {
  const rows = rowsIn(published, range, currency)
  const rowsOf = (report: string) =>
    rows.filter((row) => row.report === (isMissing(published, report) ? 'total' : report))
  return { currency, rowsOf }
}

function isMissing({ costs }: ModelPublished, report: string): boolean {
  return costs?.missing.some((each) => each.report === report) === true
}
