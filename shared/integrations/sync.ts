import { DAY_SERIES, LISTS } from '../data-sets/registry.ts'
import type { SyncProblem, SyncProblemCode } from '../domain/problem.ts'

export const SYNC_TRIGGERS = ['connect', 'schedule', 'manual', 'key_change'] as const
export type SyncTrigger = (typeof SYNC_TRIGGERS)[number]

export const SYNC_STATES = ['queued', 'running', 'succeeded', 'failed'] as const
export type SyncState = (typeof SYNC_STATES)[number]

/** The step of a sync: reading the members, a series or another list (concurrently), or saving. */
export const SYNC_PHASES = ['members', ...[...DAY_SERIES, ...LISTS].map(({ id }) => id), 'saving'] as const

/** How far a running sync is. Stored apart from the integration, because it changes every two seconds. */
export interface SyncProgress {
  readonly phase: (typeof SYNC_PHASES)[number]
  readonly done: number
  /** Null when it is not known yet. */
  readonly total: number | null
}

/** How the reading of a data set ended. */
export const DATA_SET_OUTCOMES = ['read', 'unchanged', 'failed', 'not_permitted', 'unavailable'] as const

/** The parts of a data set that could not be read: the names of a few, and how many more there are. */
export interface UnreadParts {
  readonly names: readonly string[]
  readonly more: number
}

/** The integration's item has room for so many, of so many characters each. */
const PARTS_NAMED = 3
const NAME_LENGTH = 40

/** A few of the names, so that they can be stored in an integration. Undefined if there are none. */
export function unreadPartsFrom(names: readonly string[]): UnreadParts | undefined {
  if (names.length === 0) return undefined
  const shown = names.slice(0, PARTS_NAMED).map((name) => {
    const characters = Array.from(name)
    return characters.length <= NAME_LENGTH ? name : `${characters.slice(0, NAME_LENGTH).join('')}…`
  })
  return { names: shown, more: names.length - shown.length }
}

/** What a sync read of one data set. */
export interface DataSetResult {
  /** True when it was read, and is what was published before. */
  readonly unchanged: boolean
  /** The number of people, or of rows or other entries as the provider sent them. */
  readonly rows: number
  /** How many people, days of a person, or other items differ from what was published before. */
  readonly written: number
  /** Why it was not read, not wholly read, or not believed. Null when all of it was read. */
  readonly problem: SyncProblemCode | null
  /** Set when `problem` is `partly_read`. */
  readonly unread?: UnreadParts | undefined
}

/** The result of a data set that could not be read, or of one whose `rows` were not believed. */
export function notReadResult(problem: SyncProblemCode, rows = 0): DataSetResult {
  return { unchanged: false, rows, written: 0, problem }
}

export function outcomeOf({ unchanged, problem }: DataSetResult): (typeof DATA_SET_OUTCOMES)[number] {
  if (problem !== null && isNotRead(problem)) return notReadState(problem)
  return unchanged ? 'unchanged' : 'read'
}

/** False for a problem of a data set that was read nevertheless. */
export function isNotRead(problem: SyncProblemCode): boolean {
  return problem !== 'partly_read'
}

/** The state of a data set that could not be read. */
export function notReadState(problem: SyncProblemCode): 'not_permitted' | 'unavailable' | 'failed' {
  if (problem === 'insufficient_permissions') return 'not_permitted'
  return problem === 'data_set_unavailable' ? 'unavailable' : 'failed'
}

/** Why data sets were not read, or not wholly, by a sync, by their ids. */
export function problemsIn(sync: Pick<Sync, 'dataSets'> | null): Readonly<Record<string, SyncProblemCode>> {
  const results = Object.entries(sync?.dataSets ?? {})
  return Object.fromEntries(results.flatMap(([id, { problem }]) => (problem === null ? [] : [[id, problem]])))
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
  readonly problem: SyncProblem | null
  readonly removedUsers: number
  /** By data set id. Empty until the sync has ended, and when it ended before it asked the provider for data. */
  readonly dataSets: Readonly<Record<string, DataSetResult>>
}
