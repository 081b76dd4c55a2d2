import type { ModelPublished } from './model.ts'
import { amountText, type ModelCost } from './raw-costs.ts'
import type { ModelWindow } from './rules.ts'

/** The costs that an answer shows: of one report, in the currency of the largest total, in a range. */
export interface Shown {
  readonly currency: string | null
  readonly rowsOf: (report: string) => readonly ModelCost[]
}

/** “`cost` of a user or key is that of the window in the main currency.” */
export function costOfUser(published: ModelPublished, userId: string) {
  const { currency, rowsOf } = shown(published, published.window)
  if (published.costs == null || currency === null || attributionOf(published) === null) return null
  return { amount: sumText(personRows(published, rowsOf).filter((row) => row.userId === userId)), currency }
}

/** “`provider`, `key_owner` (joined over the keys' owners where the provider refuses people), or null.” */
export function attributionOf(published: ModelPublished): string | null {
  const rows = published.costs?.rows ?? []
  if (rows.some((row) => row.report === 'user')) return 'provider'
  const knowsOwners = (published.keys ?? []).some((key) => key.owner !== null)
  return knowsOwners && rows.some((row) => row.report === 'key') ? 'key_owner' : null
}

export function personRows(published: ModelPublished, rowsOf: Shown['rowsOf']): readonly ModelCost[] {
  if (attributionOf(published) !== 'key_owner') return rowsOf('user')
  const owners = new Map((published.keys ?? []).map((key) => [key.id, key.owner?.id ?? null]))
  return rowsOf('key').map((row) => ({ ...row, userId: owners.get(row.subject ?? '') ?? null }))
}

/** A report that was refused leaves everything unattributed. */
export function shown(published: ModelPublished, range: ModelWindow): Shown {
  const [currency = null] = currenciesOf(published)
  const rows = inRange(published, range).filter((row) => row.currency === currency)
  const rowsOf = (report: string) => {
    const isMissing = published.costs?.missing.includes(report) === true
    return rows.filter((row) => row.report === (isMissing ? 'total' : report))
  }
  return { currency, rowsOf }
}

export function inRange(published: ModelPublished, { from, to }: ModelWindow): ModelCost[] {
  return (published.costs?.rows ?? []).filter(({ day }) => from <= day && day <= to)
}

export function currenciesOf(published: ModelPublished): string[] {
  const totals = Map.groupBy(
    (published.costs?.rows ?? []).filter((row) => row.report === 'total' && row.units !== 0n),
    (row) => row.currency,
  )
  const size = (rows: readonly ModelCost[] = []) => Math.abs(Number(rows.reduce((sum, row) => sum + row.units, 0n)))
  return [...totals.keys()].toSorted((left, right) => size(totals.get(right)) - size(totals.get(left)))
}

export function sumText(rows: readonly ModelCost[]): string {
  return amountText(rows.reduce((sum, { units }) => sum + units, 0n))
}

/** The same of a key. Null where the provider does not report costs by key. */
export function costOfKey(published: ModelPublished, keyId: string) {
  const { currency, rowsOf } = shown(published, published.window)
  if (published.costs === null || currency === null || published.costs.missing.includes('key')) return null
  return { amount: sumText(rowsOf('key').filter((row) => row.subject === keyId)), currency }
}
