import { isDeepStrictEqual } from 'node:util'
import { addDays, daysBetween, type Day } from './day.ts'
import type { SnapshotPerson } from './snapshot.ts'
import { isUsedOn, NUMBERS_A_DAY, numbersOn, type UsageNumbers, type UsageSeries, UsageTable } from './usage-table.ts'

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

const NO_SERIES: UsageSeries = new Float64Array()

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
  const shift = daysBetween(next.window.from, before.window.from)
  for (const userId of new Set([...before.users(), ...next.users()])) {
    const models = [...next.modelsOf(userId)].toSorted(([left], [right]) => (left < right ? -1 : 1))
    for (const place of placesUnlike(before.modelsOf(userId), next.modelsOf(userId), shift)) {
      const day = next.days[place] ?? addDays(next.window.from, place)
      const used = models.filter(([, series]) => isUsedOn(series, place))
      yield used.length === 0
        ? { delete: { day, userId } }
        : { put: { day, userId, models: used.map(([model, series]) => ({ model, ...numbersOn(series, place) })) } }
    }
  }
}

type ByModel = ReadonlyMap<string, UsageSeries>

/** The days on which one user's numbers differ, counted from the first day after. `before` begins `shift` days later. */
function placesUnlike(before: ByModel, after: ByModel, shift: number): number[] {
  const unlike = new Set<number>()
  for (const model of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(model) ?? NO_SERIES, after.get(model) ?? NO_SERIES]
    const end = Math.max(now.length / NUMBERS_A_DAY, old.length / NUMBERS_A_DAY + shift)
    for (let place = Math.min(0, shift); place < end; place += 1) {
      if (!isAlike(now, place, old, place - shift)) unlike.add(place)
    }
  }
  return [...unlike].toSorted((left, right) => left - right)
}

/** True when two series hold the same on a day each; what lies outside a series is zero. */
function isAlike(one: UsageSeries, place: number, other: UsageSeries, otherPlace: number): boolean {
  const [at, otherAt] = [place * NUMBERS_A_DAY, otherPlace * NUMBERS_A_DAY]
  for (let each = 0; each < NUMBERS_A_DAY; each += 1) {
    if ((one[at + each] ?? 0) !== (other[otherAt + each] ?? 0)) return false
  }
  return true
}
