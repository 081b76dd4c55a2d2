import type { Day } from '../../domain/day.ts'
import type { DirectoryRules } from '../directory/directory-rules.ts'
import type { Snapshot, SnapshotPerson } from '../snapshot.ts'
import { addNumbers, NO_USAGE, type UsageNumbers, type UsageRow } from './usage-table.ts'
import { isWithin, type Window } from '../../domain/window.ts'

export interface UsageByModel extends UsageNumbers {
  readonly model: string
}

export interface UsageByDay extends UsageNumbers {
  readonly day: Day
  /** In alphabetical order. */
  readonly models: readonly UsageByModel[]
}

/**
 * Who used it. `service_account`: listed or not. `former_member`: removed, and still kept. `not_listed`: all ids of people
 * that no kept person has. `unattributed`: the provider named nobody.
 */
export type UsageOwnerKind = 'member' | 'service_account' | 'former_member' | 'not_listed' | 'unattributed'

export interface UsageByUser extends UsageNumbers {
  /** Null for the two rows that stand for many, and so are name and email. */
  readonly userId: string | null
  readonly name: string | null
  readonly email: string | null
  readonly kind: UsageOwnerKind
}

/** Usage of a range by day, oldest first, each day by model. Days without usage are left out. */
export function usageByDay(snapshot: Snapshot, range: Window): UsageByDay[] {
  return groupByDay(rowsWithin(snapshot.usage.rows(), range))
}

/** One user's usage of a range by day, like `usageByDay`. */
export function usageOfUser(snapshot: Snapshot, userId: string, range: Window): UsageByDay[] {
  return groupByDay(rowsWithin(snapshot.usage.rowsOf(userId), range))
}

/** Usage of a range by model, most requests first. */
export function usageByModel(snapshot: Snapshot, range: Window): UsageByModel[] {
  return sumBy(rowsWithin(snapshot.usage.rows(), range), (row) => row.model)
    .map(({ key, numbers }) => ({ model: key, ...numbers }))
    .toSorted((left, right) => right.requests - left.requests || compareText(left.model, right.model))
}

/**
 * Usage of a range by user, most requests first: a row for each member, service account and former member, then `not_listed`
 * and `unattributed` where there is any. So the rows add up to the provider's own total.
 */
export function usageByUser(snapshot: Snapshot, range: Window, rules: DirectoryRules): UsageByUser[] {
  const people = new Map(snapshot.people.map((person) => [person.userId, person]))
  const rows: UsageByUser[] = []
  let notListed = NO_USAGE
  for (const { key: userId, numbers } of sumBy(rowsWithin(snapshot.usage.rows(), range), (row) => row.userId)) {
    if (userId === null) continue
    const person = people.get(userId)
    const kind = ownerKindOf(userId, person, rules)
    if (kind === 'not_listed') notListed = addNumbers(notListed, numbers)
    else rows.push({ userId, name: person?.name ?? null, email: person?.email ?? null, kind, ...numbers })
  }
  rows.sort((left, right) => right.requests - left.requests || compareText(left.userId ?? '', right.userId ?? ''))
  const many = { userId: null, name: null, email: null }
  const unattributed = total(rowsWithin(snapshot.usage.rowsOf(null), range))
  if (notListed !== NO_USAGE) rows.push({ ...many, kind: 'not_listed', ...notListed })
  if (unattributed !== NO_USAGE) rows.push({ ...many, kind: 'unattributed', ...unattributed })
  return rows
}

function ownerKindOf(userId: string, person: SnapshotPerson | undefined, rules: DirectoryRules): UsageOwnerKind {
  if (person?.kind === 'service_account' || rules.isServiceAccountId(userId)) return 'service_account'
  if (person === undefined) return 'not_listed'
  return person.removedAt === null ? 'member' : 'former_member'
}

/** All usage of a range. */
export function totalUsage(snapshot: Snapshot, range: Window): UsageNumbers {
  return total(rowsWithin(snapshot.usage.rows(), range))
}

function* rowsWithin(rows: Iterable<UsageRow>, range: Window): Generator<UsageRow> {
  for (const row of rows) if (isWithin(row.day, range)) yield row
}

function groupByDay(rows: Iterable<UsageRow>): UsageByDay[] {
  const days = Map.groupBy(rows, (row) => row.day)
  return [...days]
    .map(([day, ofDay]) => ({
      day,
      ...total(ofDay),
      models: sumBy(ofDay, (row) => row.model)
        .map(({ key, numbers }) => ({ model: key, ...numbers }))
        .toSorted((left, right) => compareText(left.model, right.model)),
    }))
    .toSorted((left, right) => compareText(left.day, right.day))
}

function sumBy<Key>(rows: Iterable<UsageRow>, keyOf: (row: UsageRow) => Key): { key: Key; numbers: UsageNumbers }[] {
  const sums = new Map<Key, UsageNumbers>()
  for (const row of rows) {
    const key = keyOf(row)
    sums.set(key, addNumbers(sums.get(key) ?? NO_USAGE, row))
  }
  return [...sums].map(([key, numbers]) => ({ key, numbers }))
}

function total(rows: Iterable<UsageRow>): UsageNumbers {
  let numbers = NO_USAGE
  for (const row of rows) numbers = addNumbers(numbers, row)
  return numbers
}

function compareText(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
