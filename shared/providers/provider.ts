import type { DirectoryPerson } from '../data-sets/directory/directory-person.ts'
import type { DirectoryRules } from '../data-sets/directory/directory-rules.ts'
import type { DayTable } from '../data-sets/day-series/day-table.ts'
import type { AdminApiKey } from '../domain/admin-api-key.ts'
import type { Day } from '../domain/day.ts'
import type { AdvisedProblemCode } from '../domain/problem.ts'
import type { Window } from '../domain/window.ts'

/** How a provider's keys look, and how people get one. Steps and `whoCanCreate`: Markdown with bold, code and links. */
export interface KeyRules {
  /** What the provider calls the key that Rollcall needs. */
  readonly label: string
  /** How such a key begins. A hint for a helpful message, not proof: the provider's answer decides. */
  readonly prefix: string
  /** How its other keys begin. */
  readonly otherPrefixes: readonly string[]
  readonly whoCanCreate: string
  /** To a new key, in order. */
  readonly steps: readonly string[]
}

/** One data set that a provider has. */
export interface ProviderDataSet {
  readonly id: string
  /** A key that cannot read a required data set is refused. */
  readonly required: boolean
  /** What the key must be granted, in the provider's words. */
  readonly permission: string
  /** What people get of it, in a few words. */
  readonly gives: string
}

/** An AI provider: what Rollcall has to know of it, and how one of its organizations is read. */
export interface Provider {
  /** Lower case. It is stored with each integration and named in requests. */
  readonly id: string
  readonly name: string
  readonly key: KeyRules
  readonly directory: DirectoryRules
  readonly dataSets: readonly ProviderDataSet[]
  /** Where owners manage the members. */
  readonly membersUrl: string
  readonly baseUrl: string
  /** On one machine, the environment variables with another base URL, and with a key to connect at the first start. */
  readonly variables: { readonly baseUrl: string; readonly adminKey: string }
  /** What a person is told, cause first, then the cure. `dataSet`: the one being read when it happened. */
  advice(code: AdvisedProblemCode, dataSet: string): string
  /** Opens an organization with a key. Sends nothing yet. */
  open(access: ProviderAccess): Promise<Organization>
}

/** With what an organization is opened. */
export interface ProviderAccess {
  readonly baseUrl: string
  readonly key: AdminApiKey
  /** All reads end before it, well or in an error. */
  readonly deadline: Date
  readonly now?: () => Date
  /** The pause between two attempts of a request. */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly fetch?: typeof fetch
}

/** One organization at its provider, by data set. Every read and check throws `ProviderError`. */
export interface Organization {
  readonly directory: DirectoryReader
  /** By the ids of the day series that the provider has. */
  readonly series: Readonly<Record<string, SeriesReader>>
  /** What the provider says of the key itself. */
  describeKey(): Promise<KeyDescription>
}

export interface KeyDescription {
  /** ISO 8601; null when the provider does not say or the key never expires. */
  readonly expiresAt: string | null
  /** Whose key it is; null when the provider does not say. */
  readonly organization: { readonly id: string; readonly name: string } | null
}

export interface DirectoryReader {
  /** Asks for as little as shows that the key can read it. */
  check(): Promise<void>
  /** Everybody, each id once, service accounts included. `onPage` is called after each page with the people read so far. */
  read(onPage?: (peopleRead: number) => void): Promise<DirectoryPerson[]>
  /** The first page, in its order, each id once: enough to tell organizations from each other. */
  readFirstPage(): Promise<DirectoryPerson[]>
}

export interface SeriesReader {
  /** Asks for as little as shows that the key can read it. */
  check(now: Date): Promise<void>
  /** The whole window. */
  read(window: Window, options?: SeriesReadOptions): Promise<SeriesReading>
}

export interface SeriesReadOptions {
  /** Bounds the size of a page. */
  readonly expectedPeople?: number
  /** Called after each page. */
  readonly onPage?: (daysRead: number, totalDays: number) => void
}

/** What one reading of a series brought. */
export interface SeriesReading {
  readonly table: DayTable
  /** Rows as the provider sent them, before they were summed. */
  readonly rows: number
  /** Days that a provider which states every day did not state. They are empty, unless requests are known on them. */
  readonly daysLeftOut: readonly Day[]
}
