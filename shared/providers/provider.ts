import type { DirectoryPerson } from '../data-sets/directory/directory-person.ts'
import type { DirectoryRules } from '../data-sets/directory/directory-rules.ts'
import type { MissingPart } from '../data-sets/data-set.ts'
import type { DayTable } from '../data-sets/day-series/day-table.ts'
import type { PartName } from '../data-sets/keys/keys.ts'
import type { AdminApiKey } from '../domain/admin-api-key.ts'
import type { Day } from '../domain/day.ts'
import type { AdvisedProblemCode } from '../domain/problem.ts'
import type { TimeSpan, Window } from '../domain/window.ts'

/** A provider's keys, and how to create one. `steps` and `whoCanCreate` are Markdown with bold text, code and links. */
interface KeyRules {
  /** The provider's name for the key that Rollcall needs. */
  readonly label: string
  /** The prefix of such a key. Only used for helpful messages: the provider's answer decides. */
  readonly prefix: string
  /** The prefixes of its other keys. */
  readonly otherPrefixes: readonly string[]
  readonly whoCanCreate: string
  /** The steps to create a key, in order. */
  readonly steps: readonly string[]
}

/** One data set of a provider. */
export interface ProviderDataSet {
  readonly id: string
  /** A key that cannot read a required data set is refused. */
  readonly required: boolean
  /** Only read where the configuration names it. Default: optional data sets are read unless the configuration leaves them out. */
  readonly isOffByDefault?: boolean
  /** The permission that the key needs, in the provider's words. */
  readonly permission: string
  /** What users get from it, in a few words. */
  readonly gives: string
}

/** An AI provider: its description, and how to read one of its organizations. */
export interface Provider {
  /** Lower case. Stored with each integration and used in requests. */
  readonly id: string
  readonly name: string
  readonly key: KeyRules
  readonly directory: DirectoryRules
  readonly dataSets: readonly ProviderDataSet[]
  /** What it calls a part of an organization. */
  readonly partName: PartName
  /** The page where owners manage the members. */
  readonly membersUrl: string
  /** The pages where owners manage the keys of people and projects, the Admin keys, and the limits of costs. */
  readonly keysUrl: string
  readonly adminKeysUrl: string
  readonly limitsUrl: string
  /** A product of the provider whose use Rollcall cannot read, although people may know it better. Null if there is none. */
  readonly unmeasuredProduct: string | null
  /** Its primary kind of usage, by its name: that of the data set `usage`. */
  readonly primaryKind: string
  /** What it counts as requests, to begin a sentence with, such as `Model requests`. */
  readonly countsAsRequests: string
  /** True when a seat costs nothing in any of its organizations. Pages then say so. */
  readonly freeSeats: boolean
  readonly baseUrl: string
  /** Environment variables of the local mode: another base URL, and a key to connect at the first start. */
  readonly variables: { readonly baseUrl: string; readonly adminKey: string }
  /** The text of a problem for the user: the cause, then the fix. `dataSet` is the one that was read. */
  advice(code: AdvisedProblemCode, dataSet: string): string
  /** Opens an organization with a key. Sends no request. */
  open(access: ProviderAccess): Promise<Organization>
}

/** The options of an organization. */
export interface ProviderAccess {
  readonly baseUrl: string
  readonly key: AdminApiKey
  /** All reads end before this time, successfully or with an error. */
  readonly deadline: Date
  readonly now?: () => Date
  /** The pause between two attempts of a request. */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>
  /** A signal that aborts an attempt of a request after a time. */
  readonly timeout?: (ms: number) => AbortSignal
  readonly fetch?: typeof fetch
}

/** One organization at its provider, by data set. All reads and checks throw `ProviderError`. */
export interface Organization {
  readonly directory: DirectoryReader
  /** By series id. A series that the provider does not have is missing. */
  readonly series: Readonly<Record<string, SeriesReader>>
  /** The lists beside the directory, by id. A list that the provider does not have is missing. */
  readonly lists: Readonly<Record<string, ListReader>>
  /** Which organization the key belongs to. Null, without a request, if the provider does not report it. */
  identify(): Promise<OrganizationIdentity | null>
  /** When the key expires: ISO 8601. Null if it never does or the provider does not report it. */
  findKeyExpiry(): Promise<string | null>
}

export interface OrganizationIdentity {
  /** The provider's id. No other organization of the provider has it. */
  readonly id: string
  readonly name: string
}

interface DirectoryReader {
  /** Sends the smallest request that shows that the key can read the data set. */
  check(): Promise<void>
  /** Reads all people and service accounts, each id once. `onPage` is called after each page with the number read so far. */
  read(onPage?: (peopleRead: number) => void): Promise<DirectoryPerson[]>
  /** Reads the first page, in its order, each id once. It is enough to distinguish organizations. */
  readFirstPage(): Promise<DirectoryPerson[]>
}

/** Reads a list beside the directory. */
export interface ListReader<Item = unknown> {
  /** Sends the smallest request that shows that the key can read the data set. */
  check(): Promise<void>
  /**
   * Reads the whole list, or of a log what is not covered yet. `onPage` is called with what is read so far, and of how many if
   * that is known.
   */
  read(onPage?: (done: number, total: number | null) => void, scope?: ListScope): Promise<ListReading<Item>>
}

/** What a reader needs that reads a log bit by bit. */
export interface ListScope {
  readonly window: Window
  /** The time that earlier readings covered. Null if there is none. */
  readonly covered: TimeSpan | null
}

export interface ListReading<Item = unknown> {
  readonly items: readonly Item[]
  /** The number of entries that the provider sent. */
  readonly rows: number
  /** False when parts of the list could not be read. The items say which: `ListDataSet.complete`. */
  readonly isComplete: boolean
  /** The time that is covered now, of a log. Default: the list is as of now. */
  readonly covered?: TimeSpan
}

export interface SeriesReader {
  /** Sends the smallest requests that show that the key can read the data set. Returns the parts that are refused, if any. */
  check(now: Date): Promise<void | readonly MissingPart[]>
  /** Reads the whole window. The table can have more days, and is then published with them. */
  read(window: Window, options?: SeriesReadOptions): Promise<SeriesReading>
}

export interface SeriesReadOptions {
  /** Bounds the size of a page. */
  readonly expectedPeople?: number
  /** Called after each page. */
  readonly onPage?: (daysRead: number, totalDays: number) => void
}

/** The result of reading a series. */
export interface SeriesReading {
  readonly table: DayTable
  /** The number of rows that the provider sent, before they were added up. */
  readonly rows: number
  /** Days missing in the replies of a provider that lists every day. They count as empty, unless usage is stored for them. */
  readonly daysLeftOut: readonly Day[]
  /** The same for parts that are read separately, by their texts of the first dimension. */
  readonly daysLeftOutOf?: Readonly<Record<string, readonly Day[]>>
  /** The parts that the organization does not have or the key may not read. The table is without them: `withEarlierParts`. */
  readonly missing?: readonly MissingPart[]
}
