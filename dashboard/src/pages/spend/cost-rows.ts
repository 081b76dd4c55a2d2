import type { WireCosts } from '../../../../shared/contracts/costs-contract.ts'
import type { AmountUnits } from '../../../../shared/domain/amount.ts'
import { unitsIn } from '../../format/format-money.ts'
import type { SpendView } from './spend-view.ts'

type Item = WireCosts['items'][number]
type UserItem = Extract<Item, { kind: unknown }>

/** A row of a table of costs. */
export interface CostRow {
  readonly id: string
  readonly name: string
  /** What else there is to say about it. */
  readonly detail: string | null
  /** The user whose page the name leads to. Null for what has none. */
  readonly userId: string | null
  readonly units: AmountUnits
}

export const UNATTRIBUTED = 'Unattributed'
const collator = new Intl.Collator('en')

/** The rows of an answer, in an order. */
export function costRowsOf(items: WireCosts['items'], sort: SpendView['sort']): CostRow[] {
  const rows = [...items].flatMap((item) => rowOf(item) ?? [])
  const byName = (left: CostRow, right: CostRow) => collator.compare(left.name, right.name)
  const byAmount = (left: CostRow, right: CostRow) =>
    Number(left.units > right.units) - Number(left.units < right.units)
  const compare = sort.endsWith('name') ? byName : byAmount
  const direction = sort.startsWith('-') ? -1 : 1
  // Rows of equal amounts keep the API's order, in both directions.
  return rows.toSorted((left, right) => direction * compare(left, right))
}

/** Days are no rows of a table. */
function rowOf(item: Item): CostRow | undefined {
  if ('day' in item) return undefined
  const units = unitsIn(item.amount)
  if ('kind' in item) return { ...personOf(item), units }
  if ('projectId' in item) return { ...thingOf(item.projectId, item.name, 'To no project'), units }
  if ('lineItem' in item) return { ...thingOf(item.lineItem, item.lineItem, 'To no line item'), units }
  return { ...thingOf(item.keyId, item.name, 'To no key'), units }
}

type Named = Omit<CostRow, 'units'>

/** A project, line item or key. Its id is shown where two could have the same name. */
function thingOf(id: string | null, name: string | null, toNone: string): Named {
  if (id === null) return { id: '', name: UNATTRIBUTED, detail: toNone, userId: null }
  return { id, name: name ?? id, detail: name === null || name === id ? null : id, userId: null }
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
