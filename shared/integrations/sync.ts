import type { Problem, SyncProblemCode } from '../domain/problem.ts'

export type SyncTrigger = 'connect' | 'schedule' | 'manual' | 'key_change'
export type SyncState = 'queued' | 'running' | 'succeeded' | 'failed'

export interface SyncProgress {
  readonly phase: 'members' | 'usage' | 'saving'
  readonly done: number
  /** Null when it is not known yet. */
  readonly total: number | null
}

/** What a sync read from the provider or wrote to the table. */
export interface SyncCounts {
  readonly users: number
  readonly usageRows: number
}

/** One recorded sync. Times are ISO 8601 UTC with milliseconds. */
export interface Sync {
  /** A ULID. Later syncs of an integration have greater ids. */
  readonly id: string
  readonly state: SyncState
  readonly trigger: SyncTrigger
  readonly queuedAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly progress: SyncProgress | null
  readonly problem: Problem<SyncProblemCode> | null
  readonly read: SyncCounts
  readonly written: SyncCounts
  readonly removedUsers: number
}
