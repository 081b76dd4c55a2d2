import type { SeriesTables } from './by-series.ts'
import type { SnapshotPerson } from './directory/directory-person.ts'

/** What one successful sync knows: everybody listed or lately removed, and all that is counted of its window. Immutable. */
export interface Snapshot {
  readonly people: readonly SnapshotPerson[]
  /** Of everybody, former members and rows without a user included. Their window is the sync's. */
  readonly series: SeriesTables
}
