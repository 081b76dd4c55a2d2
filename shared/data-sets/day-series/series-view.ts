import type { Day } from '../../domain/day.ts'
import type { Window } from '../../domain/window.ts'
import type { Amounts, MeasureValue } from '../data-set.ts'
import type { SnapshotPerson } from '../directory/directory-person.ts'
import type { DirectoryRules } from '../directory/directory-rules.ts'
import { addedUp, isNotZero, sortable } from './columns.ts'
import { valueAt } from './day-rows.ts'
import { type DayTable, dayKeyOf, FIRST_DIMENSION_KEY, PERSON_KEY } from './day-table.ts'
import { DayTableBuilder } from './day-table-builder.ts'
import { type OwnerKind, ownerKindOf } from './owner-kind.ts'
import { sumsBy } from './sums.ts'

/** The amounts of one text of a dimension. */
export interface LabelSum {
  readonly label: string
  readonly amounts: Amounts
}

export interface DaySum {
  readonly day: Day
  readonly amounts: Amounts
  /** The parts of the day by each dimension, in alphabetical order. */
  readonly parts: readonly (readonly LabelSum[])[]
}

/** The amounts of one day and one text of each dimension. */
export interface CellSum {
  readonly day: Day
  readonly labels: readonly string[]
  readonly amounts: Amounts
}

export interface PersonSum {
  /** Null, like name and email, for the two rows that stand for several people. */
  readonly userId: string | null
  readonly name: string | null
  readonly email: string | null
  readonly kind: OwnerKind
  readonly amounts: Amounts
}

/** The table without its people: enough for answers by day, by label, or in total. */
export function summedOverPeople(table: DayTable): DayTable {
  const { series } = table
  const builder = new DayTableBuilder(series, table.window)
  for (const { places, amounts } of sumsBy(table, cellKeysOf(table), table.window)) {
    const [day = 0, ...labels] = places
    const owner = { userId: null, labels: labelsOf(table, labels) }
    builder.addOn(day, owner, Object.values<MeasureValue>(amounts))
  }
  return builder.build()
}

/** The amounts of a range by day, oldest first, of one user or of all. Days without amounts are left out. */
export function byDay(table: DayTable, range: Window, userId?: string): DaySum[] {
  const span = userId === undefined ? table.all : table.spanOf(userId)
  const dayKey = dayKeyOf(table.series)
  const parts = table.series.dimensions.map((_, dimension) =>
    Map.groupBy(sumsBy(table, [dayKey, FIRST_DIMENSION_KEY + dimension], range, span), ({ places: [day] }) => day),
  )
  return sumsBy(table, [dayKey], range, span)
    .map(({ places: [day], amounts }) => ({
      day: valueAt(table.days, day),
      amounts,
      parts: parts.map((ofDay, dimension) =>
        withAmounts(ofDay.get(day) ?? []).map((part) => ({
          label: valueAt(valueAt(table.labels, dimension), part.places[1]),
          amounts: part.amounts,
        })),
      ),
    }))
    .filter(({ amounts, parts }) => isNotZero(amounts) || parts.some(({ length }) => length > 0))
}

/** The amounts of a range by day and labels, oldest first. This is the finest grouping. */
export function byCell(table: DayTable, range: Window, userId?: string): CellSum[] {
  const span = userId === undefined ? table.all : table.spanOf(userId)
  return withAmounts(sumsBy(table, cellKeysOf(table), range, span)).map(({ places: [day, ...labels], amounts }) => ({
    day: valueAt(table.days, day),
    labels: labelsOf(table, labels),
    amounts,
  }))
}

/** The amounts of a range by one dimension (counted from 0), the largest first. */
export function byLabel(table: DayTable, dimension: number, range: Window): LabelSum[] {
  const sums = withAmounts(sumsBy(table, [FIRST_DIMENSION_KEY + dimension], range))
  const texts = valueAt(table.labels, dimension)
  return largestFirst(
    table,
    sums.map(({ places: [label], amounts }) => ({ label: valueAt(texts, label), amounts })),
  )
}

/**
 * The amounts of a range by user, the largest first: a row for each member, service account, former member and key, then
 * `not_listed` and `unattributed` if there are any. The rows therefore add up to the provider's own total.
 */
export function byPerson(
  table: DayTable,
  people: readonly SnapshotPerson[],
  range: Window,
  rules: DirectoryRules,
): PersonSum[] {
  const known = new Map(people.map((person) => [person.userId, person]))
  const sums = withAmounts(sumsBy(table, [PERSON_KEY], range)).map(({ places: [user], amounts }) => {
    const userId = valueAt(table.users, user)
    const person = userId === null ? undefined : known.get(userId)
    const kind = ownerKindOf(userId, person, rules)
    return { userId, name: person?.name ?? null, email: person?.email ?? null, kind, amounts }
  })
  const { not_listed: notListed = [], unattributed = [], ...owners } = Object.groupBy(sums, ({ kind }) => kind)
  const many = { userId: null, name: null, email: null }
  return [
    ...largestFirst(
      table,
      Object.values(owners)
        .flat()
        .toSorted((left, right) => (String(left.userId) < String(right.userId) ? -1 : 1)),
    ),
    ...withAmounts([{ ...many, kind: 'not_listed' as const, amounts: summed(table, notListed) }]),
    ...unattributed,
  ]
}

/** The total of a range. */
export function totalOf(table: DayTable, range: Window): Amounts {
  return summed(table, sumsBy(table, [], range))
}

function summed(table: DayTable, sums: readonly { readonly amounts: Amounts }[]): Amounts {
  return addedUp(
    table.series,
    sums.map(({ amounts }) => amounts),
  )
}

/** Without those that are 0, because amounts with different signs were added up. */
function withAmounts<Sum extends { readonly amounts: Amounts }>(sums: readonly Sum[]): Sum[] {
  return sums.filter(({ amounts }) => isNotZero(amounts))
}

/** Sorted by the main measure. Sums with the same value keep their order. */
function largestFirst<Sum extends { readonly amounts: Amounts }>({ series }: DayTable, sums: readonly Sum[]): Sum[] {
  return sums
    .map((sum) => ({ sum, size: sortable(sum.amounts[series.mainMeasure]) }))
    .toSorted((left, right) => Number(left.size < right.size) - Number(left.size > right.size))
    .map(({ sum }) => sum)
}

function cellKeysOf({ series }: DayTable): number[] {
  return [dayKeyOf(series), ...series.dimensions.map((_, dimension) => FIRST_DIMENSION_KEY + dimension)]
}

function labelsOf(table: DayTable, places: readonly number[]): string[] {
  return places.map((place, dimension) => valueAt(valueAt(table.labels, dimension), place))
}
