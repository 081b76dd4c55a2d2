import { isDeepStrictEqual } from 'node:util'
import type { Day } from './day.ts'
import type { SnapshotPerson } from './snapshot.ts'
import { type UsageNumbers, UsageTable } from './usage-table.ts'

/** One user's day, by model, models in alphabetical order. `userId` null: OpenAI named no user. */
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
  const before = previous ?? new UsageTable(next.window)
  for (const userId of new Set([...before.users(), ...next.users()])) {
    const days = next.daysUnlike(before, userId)
    if (days.length === 0) continue
    const after = new Map(userDaysOf(next, userId).map((entry) => [entry.day, entry]))
    for (const day of days) {
      const userDay = after.get(day)
      yield userDay === undefined ? { delete: { day, userId } } : { put: userDay }
    }
  }
}

/** One user's days with usage, oldest first. */
export function userDaysOf(table: UsageTable, userId: string | null): UserDay[] {
  return [...Map.groupBy(table.rowsOf(userId), (row) => row.day)]
    .map(([day, rows]) => ({
      day,
      userId,
      models: rows
        .map(({ model, requests, inputTokens, cachedInputTokens, outputTokens }) => ({
          model,
          requests,
          inputTokens,
          cachedInputTokens,
          outputTokens,
        }))
        .toSorted((left, right) => (left.model < right.model ? -1 : 1)),
    }))
    .toSorted((left, right) => (left.day < right.day ? -1 : 1))
}
