import { recordOf } from '../data-sets/data-set.ts'
import { DAY_SERIES, type SeriesId } from '../data-sets/registry.ts'
import { type Problem, PROVIDER_PROBLEM_CODES, type SyncProblemCode } from '../domain/problem.ts'

export const SYNC_TRIGGERS = ['connect', 'schedule', 'manual', 'key_change'] as const
export type SyncTrigger = (typeof SYNC_TRIGGERS)[number]

export const SYNC_STATES = ['queued', 'running', 'succeeded', 'failed'] as const
export type SyncState = (typeof SYNC_STATES)[number]

/** The step of a sync: reading the members or a series (concurrently), or saving. */
export const SYNC_PHASES = ['members', ...DAY_SERIES.map(({ id }) => id), 'saving'] as const

/** How far a running sync is. Stored apart from the integration, because it changes every two seconds. */
export interface SyncProgress {
  readonly phase: (typeof SYNC_PHASES)[number]
  readonly done: number
  /** Null when it is not known yet. */
  readonly total: number | null
}

/** What a sync read from the provider or wrote to the table: users, and the rows of each series. */
export const COUNTED = ['users', ...DAY_SERIES.map(({ id }) => `${id}Rows` as const)] as const
export type SyncCounts = Readonly<Record<(typeof COUNTED)[number], number>>

export const NOTHING_COUNTED: SyncCounts = recordOf(COUNTED, () => 0)

export function syncCounts(users: number, rowsOf: (series: SeriesId) => number): SyncCounts {
  const rows = new Map<string, number>(DAY_SERIES.map(({ id }) => [`${id}Rows`, rowsOf(id)]))
  return recordOf(COUNTED, (name) => (name === 'users' ? users : (rows.get(name) ?? 0)))
}

/** Why a data set was not read. */
export const DATA_SET_PROBLEM_CODES = [...PROVIDER_PROBLEM_CODES, 'internal_error'] as const
export type DataSetProblemCode = (typeof DATA_SET_PROBLEM_CODES)[number]

/** How the reading of a data set ended. `unchanged`: it was read, and is what was published before. */
export const DATA_SET_OUTCOMES = ['read', 'unchanged', 'failed', 'not_permitted', 'unavailable'] as const

/** What a sync read of one data set. */
export interface DataSetResult {
  readonly outcome: (typeof DATA_SET_OUTCOMES)[number]
  /** The number of people, or of rows as the provider sent them. */
  readonly rows: number
  /** Set exactly when it was not read. */
  readonly problem: DataSetProblemCode | null
}

const OUTCOMES: Partial<Record<DataSetProblemCode, 'not_permitted' | 'unavailable'>> = {
  insufficient_permissions: 'not_permitted',
  data_set_unavailable: 'unavailable',
}

/** The result of a data set that could not be read. */
export function notReadResult(problem: DataSetProblemCode) {
  return { outcome: OUTCOMES[problem] ?? ('failed' as const), rows: 0, problem }
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
  readonly problem: Problem<SyncProblemCode> | null
  readonly read: SyncCounts
  readonly written: SyncCounts
  readonly removedUsers: number
  /** By data set id. Empty until the sync has ended, and when a required data set could not be read. */
  readonly dataSets: Readonly<Record<string, DataSetResult>>
}
