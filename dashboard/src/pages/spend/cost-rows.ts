import type { WireCosts } from '../../../../shared/contracts/costs-contract.ts'
import type { AmountUnits } from '../../../../shared/domain/amount.ts'
import { unitsIn } from '../../format/format-money.ts'
import type { SpendView } from './spend-view.ts'

type Item = WireCosts['items'][number]
type UserItem = Extract<Item, { kind: unknown }>
type KeyItem = Extract<Item, { keyId: unknown }>

/** A row of a table of costs. */
export interface CostRow {
  readonly id: string
  readonly name: string
  /** What else there is to say about it. */
  readonly detail: string | null
  /** The user whose page the name leads to. Null for what has none. */
  readonly userId: string | null
  readonly units: AmountUnits
  /** What the compared days cost. Null where there is no comparison. */
  readonly change: CostChange | null
}

/** What complete days of a month cost, and the same days of the month before. */
export interface CostChange {
  readonly before: AmountUnits
  readonly now: AmountUnits
}

export const UNATTRIBUTED = 'Unattributed'
const collator = new Intl.Collator('en')

/** The rows of an answer. `part` is what the provider calls a project. */
export function costRowsOf(items: WireCosts['items'], part: string): CostRow[] {
  return [...items].flatMap((item) => rowOf(item, part) ?? [])
}

/** The rows with their changes between compared days. Those that cost something only in the month before follow. */
export function withChanges(
  rows: readonly CostRow[],
  { now, before }: { readonly now: readonly CostRow[]; readonly before: readonly CostRow[] },
): CostRow[] {
  const unitsOf = (each: readonly CostRow[]) => new Map(each.map(({ id, units }) => [id, units]))
  const [unitsNow, unitsBefore] = [unitsOf(now), unitsOf(before)]
  const known = new Set(rows.map(({ id }) => id))
  const others = before.filter(({ id }) => !known.has(id)).map((row) => ({ ...row, units: 0n }))
  return [...rows, ...others].map((row) => ({
    ...row,
    change: { now: unitsNow.get(row.id) ?? 0n, before: unitsBefore.get(row.id) ?? 0n },
  }))
}

/** The rows in an order. Equal ones keep theirs, in both directions. */
export function sortCostRows(rows: readonly CostRow[], sort: SpendView['sort']): CostRow[] {
  const direction = sort.startsWith('-') ? -1 : 1
  if (sort.endsWith('name')) return rows.toSorted((left, right) => direction * collator.compare(left.name, right.name))
  const valueOf = ({ units, change }: CostRow) =>
    sort.endsWith('amount') ? units : change === null ? 0n : change.now - change.before
  return rows.toSorted(
    (left, right) => direction * (Number(valueOf(left) > valueOf(right)) - Number(valueOf(left) < valueOf(right))),
  )
}

/** Days are no rows of a table. */
function rowOf(item: Item, part: string): CostRow | undefined {
  if ('day' in item) return undefined
  const rest = { units: unitsIn(item.amount), change: null }
  if ('kind' in item) return { ...personOf(item), ...rest }
  if ('projectId' in item) return { ...thingOf(item.projectId, item.name, `To no ${part}`), ...rest }
  if ('lineItem' in item) return { ...thingOf(item.lineItem, item.lineItem, 'To no line item'), ...rest }
  return { ...keyOf(item), ...rest }
}

type Named = Omit<CostRow, 'units' | 'change'>

/** A project or line item. Its id is shown where two could have the same name. */
function thingOf(id: string | null, name: string | null, toNone: string): Named {
  if (id === null) return { id: '', name: UNATTRIBUTED, detail: toNone, userId: null }
  return { id, name: name ?? id, detail: name === null || name === id ? null : id, userId: null }
}

/** A key, with whose it is. Its id is shown if nothing else is known of it. */
function keyOf({ keyId, name, owner, project }: KeyItem): Named {
  const named = thingOf(keyId, name, 'To no key')
  const place = [owner?.name ?? owner?.email ?? owner?.id, project?.name ?? project?.id].filter((text) => text != null)
  return place.length === 0 ? named : { ...named, detail: place.join(' · ') }
}

function personOf({ userId, name, email, kind }: UserItem): Named {
  if (kind === 'unattributed') return { id: kind, name: UNATTRIBUTED, detail: 'To nobody', userId: null }
  const title = name ?? email ?? userId
  const subtitle = name === null ? null : email
  const status = KIND_LABELS[kind]
  if (title === null) return { id: kind, name: status ?? kind, detail: null, userId: null }
  const detail = [subtitle, status].filter((text) => text != null).join(' · ')
  const hasPage = kind === 'member' || kind === 'former_member'
  return { id: userId ?? kind, name: title, detail: detail === '' ? null : detail, userId: hasPage ? userId : null }
}

/** What the kinds of rows by person are called, where their name does not say it. */
export const KIND_LABELS: Readonly<Record<UserItem['kind'], string | undefined>> = {
  member: undefined,
  service_account: 'Service account',
  former_member: 'Former member',
  key: 'Key without a known owner',
  not_listed: 'Not in the directory',
  unattributed: UNATTRIBUTED,
}

/** What shares are of: the costs before credits, so that no share is more than all of it. */
export function costsBeforeCredits(rows: readonly CostRow[]): AmountUnits {
  return rows.reduce((sum, { units }) => (units > 0n ? sum + units : sum), 0n)
}

/** The sum of changes. Null where there is no comparison. */
export function sumOfChanges(rows: readonly CostRow[]): CostChange | null {
  return rows.reduce<CostChange | null>(
    (sum, { change }) =>
      change === null ? sum : { now: (sum?.now ?? 0n) + change.now, before: (sum?.before ?? 0n) + change.before },
    null,
  )
}
