import type { Day } from './day.ts'
import type { Snapshot } from './snapshot.ts'
import { addNumbers, NO_USAGE, type UsageNumbers, type UsageRow } from './usage-table.ts'
import { isWithin, type Window } from './window.ts'

export interface UsageByModel extends UsageNumbers {
  readonly model: string
}

export interface UsageByDay extends UsageNumbers {
  readonly day: Day
  /** In alphabetical order. */
  readonly models: readonly UsageByModel[]
}

export type UsageOwnerKind = 'member' | 'service_account' | 'former_members' | 'unattributed'

export interface UsageByUser extends UsageNumbers {
  /** Null for the two rows that stand for many. */
  readonly userId: string | null
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
 * Usage of a range by user, most requests first: a row for each member and service account in the directory, then
 * `former_members` and `unattributed` where there is any. So the rows add up to OpenAI's own total.
 */
export function usageByUser(snapshot: Snapshot, range: Window): UsageByUser[] {
  const present = new Map(
    snapshot.people.filter((person) => person.removedAt === null).map((person) => [person.userId, person]),
  )
  const rows: UsageByUser[] = []
  let formerMembers = NO_USAGE
  for (const { key: userId, numbers } of sumBy(rowsWithin(snapshot.usage.rows(), range), (row) => row.userId)) {
    const person = userId === null ? undefined : present.get(userId)
    if (person !== undefined) {
      const kind = person.kind === 'service_account' ? 'service_account' : 'member'
      rows.push({ userId: person.userId, email: person.email, kind, ...numbers })
    } else if (userId !== null) formerMembers = addNumbers(formerMembers, numbers)
  }
  rows.sort((left, right) => right.requests - left.requests || compareText(left.userId ?? '', right.userId ?? ''))
  const unattributed = total(rowsWithin(snapshot.usage.rowsOf(null), range))
  if (formerMembers !== NO_USAGE) rows.push({ userId: null, email: null, kind: 'former_members', ...formerMembers })
  if (unattributed !== NO_USAGE) rows.push({ userId: null, email: null, kind: 'unattributed', ...unattributed })
  return rows
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
