import type { AmountUnits } from '../../domain/amount.ts'
import { daysBetween } from '../../domain/day.ts'
import type { Window } from '../../domain/window.ts'
import { unitsFrom } from '../day-series/columns.ts'
import { amountAt, keyAt } from '../day-series/day-rows.ts'
import { type DayTable, PERSON_KEY } from '../day-series/day-table.ts'
import { type OwnerKind, ownerKindOf } from '../day-series/owner-kind.ts'
import type { SnapshotPerson } from '../directory/directory-person.ts'
import type { DirectoryRules } from '../directory/directory-rules.ts'
import type { CostViews } from './cost-views.ts'

/** What one owner in an organization caused in a currency. */
export interface OwnerCost {
  /** Of a member or former member among the people. Undefined for other owners. */
  readonly place: number | undefined
  readonly kind: OwnerKind
  readonly currency: string
  readonly units: AmountUnits
}

/** The costs of a range by owner, without those that add up to nothing. `people` are in the order of their ids. */
export function ownerCosts(
  costs: CostViews,
  people: readonly SnapshotPerson[],
  range: Window,
  rules: DirectoryRules,
): OwnerCost[] {
  const { currency, rowsOfOwners } = costs
  if (currency === null) return []
  const { table } = rowsOfOwners
  const personOf = new Map(Array.from(table.placesOf(people), (user, place) => [user, place]))
  const found: OwnerCost[] = []
  for (const { user, units } of unitsByUser(rowsOfOwners, range)) {
    if (units === 0n) continue
    const place = personOf.get(user)
    const kind = ownerKindOf(table.users[user] ?? null, place === undefined ? undefined : people[place], rules)
    const isPerson = kind === 'member' || kind === 'former_member'
    found.push({ place: isPerson ? place : undefined, kind, currency, units })
  }
  return found
}

/** The rows of one user follow each other. Columns hold exact sums, so each user's are converted once. */
function* unitsByUser(
  { table, rows }: { readonly table: DayTable; readonly rows: Iterable<number> },
  range: Window,
): Generator<{ readonly user: number; readonly units: AmountUnits }> {
  const first = daysBetween(table.window.from, range.from)
  const last = daysBetween(table.window.from, range.to)
  let [user, coarse, rest] = [-1, 0, 0]
  for (const row of rows) {
    const day = table.dayPlaceAt(row)
    if (day < first || day > last) continue
    const owner = keyAt(table.rows, row, PERSON_KEY)
    if (owner !== user) {
      if (user !== -1) yield { user, units: unitsFrom(coarse, rest) }
      ;[user, coarse, rest] = [owner, 0, 0]
    }
    coarse += amountAt(table.rows, row, 0)
    rest += amountAt(table.rows, row, 1)
  }
  if (user !== -1) yield { user, units: unitsFrom(coarse, rest) }
}
