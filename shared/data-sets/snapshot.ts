import type { SeriesTables } from './by-series.ts'
import type { SnapshotPerson } from './directory/directory-person.ts'

/** The data of one successful sync: all listed and recently removed people, and all series of its window. Immutable. */
export interface Snapshot {
  readonly people: readonly SnapshotPerson[]
  /** Of all people, including former members and rows without a user, in the sync's window. */
  readonly series: SeriesTables
}
