import * as z from 'zod'
import type { Day } from '../../domain/day.ts'
import { isWithin, type Window } from '../../domain/window.ts'
import type { EarlierItems, ListDataSet } from '../data-set.ts'

/** The last day on which somebody signed in. Nothing else is kept of a sign-in. */
export interface Login {
  readonly userId: string
  readonly lastLoginOn: Day
}

const loginSchema: z.ZodType<Login> = z.object({ userId: z.string(), lastLoginOn: z.string() })

/** The last sign-in of everybody who signed in at the provider during the time that was read. A sign-in is not use. */
export const logins = {
  kind: 'list',
  id: 'logins',
  itemSchema: loginSchema,
  idOf: ({ userId }: Login) => userId,
  complete: withEarlierLogins,
} as const satisfies ListDataSet<Login>

/** Each reading has new sign-ins only. The later day of each user stays, and days before the window go. */
function withEarlierLogins(read: readonly Login[], { items }: EarlierItems<Login>, window: Window): Login[] {
  const kept = new Map(
    items.filter(({ lastLoginOn }) => isWithin(lastLoginOn, window)).map((login) => [login.userId, login]),
  )
  for (const login of read) {
    const known = kept.get(login.userId)
    if (known === undefined || login.lastLoginOn > known.lastLoginOn) kept.set(login.userId, login)
  }
  return [...kept.values()]
}

/** The day of the last sign-in by user id. */
export function lastLogins(items: readonly Login[]): ReadonlyMap<string, Day> {
  return new Map(items.map(({ userId, lastLoginOn }) => [userId, lastLoginOn]))
}
