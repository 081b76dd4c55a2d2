import type { PersonKind } from './directory-person.ts'
import { addDays, type Day } from '../../domain/day.ts'
import type { DirectoryUser, UsersSortField, UserStatus } from './directory-user.ts'
import type { LicenseStatus } from './license.ts'
import { searchTest } from './search-text.ts'
import type { SeatType } from './seat.ts'
import type { Window } from '../../domain/window.ts'

export interface UsersSort {
  readonly field: UsersSortField
  readonly descending: boolean
}

/** A filter of users. Omitted fields do not filter. */
export interface UsersFilter {
  /** A part of the name or email, compared by `toSearchText`. */
  readonly q?: string | undefined
  readonly role?: string | undefined
  /** Excludes users with this role. Users without a known role stay. */
  readonly excludeRole?: string | undefined
  /** Only users with a role that counts as owner, or only the others. */
  readonly owner?: 'true' | 'false' | undefined
  readonly seat?: SeatType | undefined
  readonly license?: LicenseStatus | undefined
  readonly accountStatus: UserStatus | 'any'
  readonly kind: PersonKind | 'any'
  /** Users with a seat who were added before the last so many days of the window, or at an unknown time, and were not active in them. */
  readonly idleDays?: number | undefined
}

/** A user's position in a sorted list, as a cursor stores it. */
interface SortPosition {
  readonly value: string | number | null
  readonly id: string
}

/** Sorts users. Nulls come last in both directions; ties are ordered by id. */
export function sortUsers(users: readonly DirectoryUser[], sort: UsersSort): DirectoryUser[] {
  return users
    .map((user) => ({ user, position: sortPosition(user, sort) }))
    .toSorted((left, right) => comparePositions(left.position, right.position, sort))
    .map(({ user }) => user)
}

/** The users that match a filter, in their order. */
export function filterUsers(users: readonly DirectoryUser[], query: UsersFilter, window: Window): DirectoryUser[] {
  const isFound = query.q === undefined ? undefined : searchTest(query.q)
  const isIdle = query.idleDays === undefined ? undefined : idleTest(query.idleDays, window.to)
  return users.filter(
    (user) =>
      (query.accountStatus === 'any' || user.accountStatus === query.accountStatus) &&
      (query.kind === 'any' || user.kind === query.kind) &&
      (query.role === undefined || isRole(user, query.role)) &&
      (query.excludeRole === undefined || !isRole(user, query.excludeRole)) &&
      (query.owner === undefined || String(user.isOwner) === query.owner) &&
      (query.seat === undefined || user.seat?.type === query.seat) &&
      (query.license === undefined || user.license === query.license) &&
      (isIdle === undefined || isIdle(user)) &&
      (isFound === undefined || [user.name, user.email].some((text) => text !== null && isFound(text))),
  )
}

/** Ignores case, like the rules of seats. */
function isRole(user: DirectoryUser, role: string): boolean {
  return user.role?.toLowerCase() === role.toLowerCase()
}

/** True for users with a seat who were not active in the last `days` days, and were added before them or at an unknown time. */
function idleTest(days: number, lastDay: Day): (user: DirectoryUser) => boolean {
  const firstOfThem = addDays(lastDay, 1 - days)
  return (user) =>
    user.seat !== null &&
    (user.addedAt === null || user.addedAt.slice(0, 10) < firstOfThem) &&
    (user.lastActiveOn === null || user.lastActiveOn < firstOfThem)
}

/** A cursor contains the value, so longer texts are compared by this many characters. */
const LETTERS_AT_MOST = 100

/** Sorts names as people expect: `Ángel` beside `Angela`, and `ana` before `Ana`. The same on every machine. */
const collator = new Intl.Collator('en')
/** Fields with text by people. Days and times are text too, and are compared as they are. */
const WRITTEN: ReadonlySet<UsersSortField> = new Set(['name', 'email', 'role'])

/** A user's position in a list with this order. Text is compared by its first 100 characters. */
export function sortPosition(user: DirectoryUser, sort: UsersSort): SortPosition {
  const value = user[sort.field]
  return { value: typeof value === 'string' ? value.slice(0, LETTERS_AT_MOST) : value, id: user.id }
}

/** The users after a position in a sorted list, also if the user at that position is gone. */
export function usersAfter(sorted: readonly DirectoryUser[], position: SortPosition, sort: UsersSort): DirectoryUser[] {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    const user = sorted[middle]
    if (user !== undefined && comparePositions(sortPosition(user, sort), position, sort) <= 0) from = middle + 1
    else to = middle
  }
  return sorted.slice(from)
}

function comparePositions(left: SortPosition, right: SortPosition, sort: UsersSort): number {
  if (left.value === null || right.value === null) {
    return Number(left.value === null) - Number(right.value === null) || compareExactly(left.id, right.id)
  }
  const order = compareValues(left.value, right.value, sort.field)
  return (sort.descending ? -order : order) || compareExactly(left.id, right.id)
}

function compareValues(left: string | number, right: string | number, field: UsersSortField): number {
  return WRITTEN.has(field) ? collator.compare(String(left), String(right)) : compareExactly(left, right)
}

function compareExactly(left: string | number, right: string | number): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
