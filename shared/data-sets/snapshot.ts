import type { ListItems } from './by-list.ts'
import type { SeriesTables } from './by-series.ts'
import type { SnapshotPerson } from './directory/directory-person.ts'

/** What the record holds as items: all listed and recently removed people, and all series. */
export interface RecordedData {
  readonly people: readonly SnapshotPerson[]
  /** Of all people, including former members and rows without a user, in the sync's window. */
  readonly series: SeriesTables
}

/** The data of one successful sync. Immutable. */
export interface Snapshot extends RecordedData {
  readonly lists: ListItems
}
