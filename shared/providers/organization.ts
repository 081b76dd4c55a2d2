import type { AdminApiKey } from '../domain/admin-api-key.ts'
import type { Day } from '../domain/day.ts'
import type { DirectoryPerson } from '../data-sets/directory/directory-person.ts'
import type { Dataset, ProviderProblemCode } from '../domain/problem.ts'
import type { DayTable } from '../data-sets/day-series/day-table.ts'
import type { Window } from '../domain/window.ts'

/** What one data set answered when a key was tried on it. */
export interface DatasetCheck {
  readonly dataset: Dataset
  readonly ok: boolean
  readonly code: ProviderProblemCode | null
  readonly detail: string | null
}

export interface KeyCheck {
  readonly valid: boolean
  /** ISO 8601; null when OpenAI does not say or the key never expires. */
  readonly keyExpiresAt: string | null
  /** Directory first, then usage. */
  readonly checks: readonly DatasetCheck[]
}

/** What one reading of a day series brought. */
export interface SeriesReading {
  readonly table: DayTable
  /** Rows as OpenAI sent them, before they were summed. */
  readonly rows: number
  /** Days that the provider, which states every day, did not state. They are empty, unless requests are known on them. */
  readonly daysLeftOut: readonly Day[]
}

/** Reads a day series. `expectedPeople` bounds the page size; `onPage` hears days read and to read. */
export interface SeriesReader {
  read(
    window: Window,
    options?: { expectedPeople?: number; onPage?: (daysRead: number, days: number) => void },
  ): Promise<SeriesReading>
}

/** One OpenAI organization, as its Admin API shows it. Every read throws `ProviderError`. */
export interface Organization {
  /** Everybody in the directory, each id once, service accounts included. `onPage` hears the people read so far. */
  readDirectory(onPage?: (peopleRead: number) => void): Promise<DirectoryPerson[]>
  /** The first page of the directory, in its order, each id once: enough to tell organizations from each other. */
  readFirstPage(): Promise<DirectoryPerson[]>
  /** What reads each day series that the provider has, by the series' id. */
  readonly series: Readonly<Record<string, SeriesReader>>
  /** Tries the key on both data sets, within 15 s. Never throws for what OpenAI answers. */
  checkKey(now: Date): Promise<KeyCheck>
}

/** Opens an organization with a key. All its reads end, well or in an error, before `deadline`. */
export type OpenOrganization = (access: {
  readonly key: AdminApiKey
  readonly simulated: boolean
  readonly deadline: Date
}) => Organization
