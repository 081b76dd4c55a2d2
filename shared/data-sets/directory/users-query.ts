import type { PersonKind } from './directory-person.ts'
import { addDays, type Day } from '../../domain/day.ts'
import type { DirectoryUser, UsersSortField, UserStatus } from './directory-user.ts'
import type { LicenseStatus } from './license.ts'
import { searchTest } from './search-text.ts'
import type { SeatType } from './seat.ts'
import type { ListOrder } from '../sorted-list.ts'
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

/** Fields with text by people. */
const WRITTEN: ReadonlySet<UsersSortField> = new Set(['name', 'email', 'role'])

export function usersOrder({ field, descending }: UsersSort): ListOrder<DirectoryUser> {
  return {
    valueOf: (user) => (field === 'cost' ? user.cost && Number(user.cost.amount) : user[field]),
    idOf: ({ id }) => id,
    descending,
    isWritten: WRITTEN.has(field),
  }
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
