import * as z from 'zod'
import type { Day } from '../../domain/day.ts'
import type { ListDataSet } from '../data-set.ts'

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
} as const satisfies ListDataSet<Login>

/** The day of the last sign-in by user id. */
export function lastLogins(items: readonly Login[]): ReadonlyMap<string, Day> {
  return new Map(items.map(({ userId, lastLoginOn }) => [userId, lastLoginOn]))
}
