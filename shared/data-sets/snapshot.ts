import type { DirectoryPerson } from './directory/directory-person.ts'
import type { UsageTable } from './usage/usage-table.ts'

/** Somebody in a snapshot: in the directory, or gone from it since `removedAt` (ISO 8601 UTC with milliseconds). */
export interface SnapshotPerson extends DirectoryPerson {
  readonly removedAt: string | null
}

/** What one successful sync knows: everybody listed or lately removed, and all usage of its window. Immutable. */
export interface Snapshot {
  readonly people: readonly SnapshotPerson[]
  /** Of everybody, former members and rows without a user included. Its window is the sync's. */
  readonly usage: UsageTable
}
