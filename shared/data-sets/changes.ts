import { isDeepStrictEqual } from 'node:util'
import type { Day } from '../domain/day.ts'
import type { SnapshotPerson } from './snapshot.ts'
import { UsageTableBuilder } from './usage/usage-table-builder.ts'
import { NUMBERS_A_ROW } from './usage/usage-columns.ts'
import type { RowSpan, UsageNumbers, UsageTable } from './usage/usage-table.ts'

/** One user's day, by model, models in alphabetical order. `userId` null: the provider named no user. */
export interface UserDay {
  readonly day: Day
  readonly userId: string | null
  readonly models: readonly (UsageNumbers & { readonly model: string })[]
}

/** A stored person to write or to delete. */
export type PersonChange = { readonly put: SnapshotPerson } | { readonly delete: string }

/** A stored user's day to write or to delete. */
export type UserDayChange =
  { readonly put: UserDay } | { readonly delete: { readonly day: Day; readonly userId: string | null } }

/** What turns the people before into the people after: only those that differ. */
export function* personChanges(
  previous: readonly SnapshotPerson[],
  next: readonly SnapshotPerson[],
): Generator<PersonChange> {
  const before = new Map(previous.map((person) => [person.userId, person]))
  for (const person of next) {
    if (!isDeepStrictEqual(before.get(person.userId), person)) yield { put: person }
    before.delete(person.userId)
  }
  for (const userId of before.keys()) yield { delete: userId }
}

/** What turns the usage before into the usage after, a user at a time: only user-days that differ. */
export function* userDayChanges(previous: UsageTable | null, next: UsageTable): Generator<UserDayChange> {
  if (previous === next) return
  const before = previous ?? new UsageTableBuilder(next.window).build()
  for (const userId of new Set([...before.users, ...next.users])) {
    for (const day of daysUnlike(before, next, userId)) {
      const models = modelsOn(next, userId, day)
      yield models.length === 0 ? { delete: { day, userId } } : { put: { day, userId, models } }
    }
  }
}

/** What of a user's day is stored: nothing for a day without usage. */
function modelsOn(table: UsageTable, userId: string | null, day: Day): UserDay['models'] {
  const { from, to } = table.spanOf(userId)
  const models = []
  for (let row = from; row < to; row += 1) {
    if (table.dayAt(row) === day) models.push({ model: table.modelAt(row), ...table.numbersAt(row) })
  }
  return models
}

/** The days on which one user's rows differ, oldest first. Both tables have them in order, so each is gone through once. */
function daysUnlike(before: UsageTable, after: UsageTable, userId: string | null): Day[] {
  const unlike = new Set<Day>()
  const old = { ...before.spanOf(userId) }
  const now = { ...after.spanOf(userId) }
  while (old.from < old.to || now.from < now.to) {
    const order = compareRows(before, old, after, now)
    if (order < 0) unlike.add(before.dayAt(old.from))
    else if (order > 0 || !haveSameNumbers(before, old.from, after, now.from)) unlike.add(after.dayAt(now.from))
    if (order <= 0) old.from += 1
    if (order >= 0) now.from += 1
  }
  return [...unlike].toSorted()
}

/** Which of two spans' first rows comes first; what is left of one when the other is at its end. */
function compareRows(left: UsageTable, leftRows: RowSpan, right: UsageTable, rightRows: RowSpan): number {
  if (leftRows.from === leftRows.to) return 1
  if (rightRows.from === rightRows.to) return -1
  return (
    compareText(left.modelAt(leftRows.from), right.modelAt(rightRows.from)) ||
    compareText(left.dayAt(leftRows.from), right.dayAt(rightRows.from))
  )
}

function compareText(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

function haveSameNumbers(left: UsageTable, leftRow: number, right: UsageTable, rightRow: number): boolean {
  const [at, otherAt] = [leftRow * NUMBERS_A_ROW, rightRow * NUMBERS_A_ROW]
  for (let each = 0; each < NUMBERS_A_ROW; each += 1) {
    if (left.columns.numbers[at + each] !== right.columns.numbers[otherAt + each]) return false
  }
  return true
}
