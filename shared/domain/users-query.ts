import type { AccountStatus, PersonKind } from './directory-person.ts'
import { addDays, type Day } from './day.ts'
import type { DirectoryUser } from './directory-user.ts'
import type { LicenseStatus } from './license.ts'
import type { SeatType } from './seat.ts'
import type { Window } from './window.ts'

export type UsersSortField = 'name' | 'email' | 'role' | 'lastActiveOn' | 'requests' | 'addedAt' | 'removedAt'

export interface UsersSort {
  readonly field: UsersSortField
  readonly descending: boolean
}

/** Which users, in which order. What is left out filters nothing. */
export interface UsersQuery {
  /** Part of name or email; case does not matter. */
  readonly q?: string | undefined
  readonly role?: string | undefined
  /** Leaves out those with this role; nobody whose role is unknown. */
  readonly excludeRole?: string | undefined
  readonly seat?: SeatType | undefined
  readonly license?: LicenseStatus | undefined
  readonly accountStatus: AccountStatus | 'removed' | 'any'
  readonly kind: PersonKind | 'any'
  /** Seated, added more than so many days ago, and not seen in the last so many days of the window. */
  readonly idleDays?: number | undefined
  readonly sort: UsersSort
}

/** Where a user stands in a sorted list: what a cursor remembers. */
export interface SortPosition {
  readonly value: string | number | null
  readonly id: string
}

/** The users that a query asks for, sorted. Nulls come last in both directions; ties go by id. */
export function selectUsers(users: readonly DirectoryUser[], query: UsersQuery, window: Window): DirectoryUser[] {
  const q = query.q?.toLowerCase()
  return users
    .filter((user) => query.accountStatus === 'any' || user.accountStatus === query.accountStatus)
    .filter((user) => query.kind === 'any' || user.kind === query.kind)
    .filter((user) => query.role === undefined || isRole(user, query.role))
    .filter((user) => query.excludeRole === undefined || !isRole(user, query.excludeRole))
    .filter((user) => query.seat === undefined || user.seat?.type === query.seat)
    .filter((user) => query.license === undefined || user.license === query.license)
    .filter((user) => query.idleDays === undefined || isIdle(user, query.idleDays, window.to))
    .filter((user) => q === undefined || [user.name, user.email].some((text) => text?.toLowerCase().includes(q)))
    .map((user) => ({ user, position: sortPosition(user, query.sort) }))
    .toSorted((left, right) => comparePositions(left.position, right.position, query.sort))
    .map(({ user }) => user)
}

/** Case does not matter, as it does not when a seat is derived from the role. */
function isRole(user: DirectoryUser, role: string): boolean {
  return user.role?.toLowerCase() === role.toLowerCase()
}

/** True for a seat that nobody used in the last `days` days, held by somebody who was there before them. */
export function isIdle(user: DirectoryUser, days: number, lastDay: Day): boolean {
  const firstOfThem = addDays(lastDay, 1 - days)
  return (
    user.seat !== null &&
    user.addedAt.slice(0, 10) < firstOfThem &&
    (user.lastActiveOn === null || user.lastActiveOn < firstOfThem)
  )
}

/** A cursor carries the value: of what is longer, so many characters count. */
const LETTERS_AT_MOST = 100

/** Where a user stands in a list sorted so. Text counts without case, and by its first 100 characters. */
export function sortPosition(user: DirectoryUser, sort: UsersSort): SortPosition {
  const value = user[sort.field]
  return { value: typeof value === 'string' ? value.toLowerCase().slice(0, LETTERS_AT_MOST) : value, id: user.id }
}

/** What comes after a position in a sorted list, also when the user who stood there is gone. */
export function usersAfter(sorted: readonly DirectoryUser[], position: SortPosition, sort: UsersSort): DirectoryUser[] {
  return sorted.filter((user) => comparePositions(sortPosition(user, sort), position, sort) > 0)
}

function comparePositions(left: SortPosition, right: SortPosition, sort: UsersSort): number {
  if (left.value !== right.value) {
    if (left.value === null) return 1
    if (right.value === null) return -1
    const order = left.value < right.value ? -1 : 1
    return sort.descending ? -order : order
  }
  if (left.id === right.id) return 0
  return left.id < right.id ? -1 : 1
}
