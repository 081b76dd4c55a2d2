import type { Day } from './day.ts'
import type { SnapshotPerson } from './snapshot.ts'
import type { UsageNumbers } from './usage-table.ts'

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
  | { readonly put: UserDay }
  | { readonly delete: { readonly day: Day; readonly userId: string | null } }
