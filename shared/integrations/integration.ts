import type { MissingPart } from '../data-sets/data-set.ts'
import type { SyncProblem, SyncProblemCode } from '../domain/problem.ts'
import { isNotRead, notReadState, type Sync, type UnreadParts } from './sync.ts'
import type { TimeSpan, Window } from '../domain/window.ts'

/** Seats and licenses of an organization, from the last successful sync and the company domains. */
export const SEATS_COUNTED = ['members', 'guests', 'inUse', 'unused', 'noData'] as const
export type IntegrationCounts = Readonly<Record<(typeof SEATS_COUNTED)[number], number>>

/** The last successful reading of one data set. Answers about it are served from its snapshot. */
export interface PublishedDataSet {
  readonly syncId: string
  /** ISO 8601 UTC: when that sync was published. */
  readonly syncedAt: string
  readonly window: Window
  /** Identifies the immutable snapshot. A sync that read the same publishes the previous generation again. */
  readonly generation: string
  readonly parts: number
  /** The digest of a series' content. Null for lists. */
  readonly digest: string | null
  /** The parts of a series that were not available, such as kinds of usage. Default: none. */
  readonly missing?: readonly MissingPart[]
  /** The parts of a list that could not be read by this reading. Default: none. */
  readonly unread?: UnreadParts | undefined
  /** The time that was covered of a log, whose days are the window. Default: the data set is as of the sync. */
  readonly covered?: TimeSpan | undefined
}

/**
 * `failed`: the last sync could not read it, and older data is shown. `not_permitted`: the key lacks the permission.
 * `unavailable`: the organization does not have it. `never_read`: it is switched off, or there was no sync yet.
 */
export const DATA_SET_STATES = ['current', 'failed', 'not_permitted', 'unavailable', 'never_read'] as const

export type DataSetState = (typeof DATA_SET_STATES)[number]

/** A snapshot in the table. */
export type SnapshotPointer = Pick<PublishedDataSet, 'generation' | 'parts'>

/** What has been read of an organization. */
export interface Published {
  /** By data set id. Optional ones that were never read are missing. */
  readonly dataSets: { readonly directory: PublishedDataSet } & {
    readonly [dataSet: string]: PublishedDataSet | undefined
  }
  /** All data sets without their days, for answers about all organizations. */
  readonly summary: SnapshotPointer
  readonly counts: IntegrationCounts
  /** What the active owners' email domains say, public mail providers left out. In effect while none are set. */
  readonly inferredDomains: readonly string[]
}

/** The items of users and days: docs/table.md. They are written after publishing, and compared with what they equal. */
export interface StoredRecord {
  /** The sync whose published readings the items equal. Null when a run may have written them only partly. */
  readonly syncId: string | null
  /** All days that may have items. */
  readonly window: Window
}

/** A run's lease of the sync slot. It outlives the sync while the run writes the record. */
export interface Lease {
  readonly expiresAt: string
  /** 1 for the first run of a sync. It increases when another run resumes the sync. */
  readonly attempt: number
}

/** The fields that an edit sets; omitted fields stay. In stored form: domains in lower case, times in ISO 8601 UTC. */
export interface EditFields {
  readonly name?: string | undefined
  /** Of a new key, if the provider reports it. Without effect once data is published. */
  readonly organizationId?: string | undefined
  /** Empty means inferred. */
  readonly companyDomains?: readonly string[] | undefined
  readonly schedule?: string | null | undefined
  readonly keyExpiresAt?: string | null | undefined
}

/** Which key is in the key store. */
export interface StoredKey {
  readonly keyVersion: number
  readonly keyHint: string
}

/**
 * An edit that takes a name or stores a key, recorded before it does so. After a crash, the version of the stored key
 * shows whether the edit happened.
 */
export interface PendingEdit {
  readonly id: string
  readonly startedAt: string
  readonly fields: EditFields
  /** Null when the edit has no new key. */
  readonly key: (StoredKey & Pick<Integration, 'dataSetProblems'>) | null
}

/**
 * `pending` until the key is stored, `deleting` until the data is purged. Only visible integrations are ever returned.
 */
export const LIFECYCLES = ['pending', 'visible', 'deleting'] as const
export type Lifecycle = (typeof LIFECYCLES)[number]

/** One connected organization, with its sync slot and its pointer to the published snapshot. */
export interface Integration {
  readonly id: string
  /** The provider's id. */
  readonly provider: string
  /** The provider's id of the organization. Null if the provider does not report it, or has not yet. */
  readonly organizationId: string | null
  readonly name: string
  readonly keyHint: string
  /** The version of the key in use. */
  readonly keyVersion: number
  /** The highest version reserved for any key so far. */
  readonly lastKeyVersion: number
  readonly keyExpiresAt: string | null
  /** Set by people, in lower case. Empty means inferred. */
  readonly companyDomains: readonly string[]
  /** The schedule's name. Null means the default schedule. */
  readonly schedule: string | null
  /** Set while its name or its key is being changed. */
  readonly pendingEdit: PendingEdit | null
  readonly simulated: boolean
  readonly createdAt: string
  readonly lifecycle: Lifecycle
  readonly problem: (SyncProblem & { readonly since: string }) | null
  /** Why data sets could not be read, or not wholly, when this was last tried with the key in use, by their ids. */
  readonly dataSetProblems: Readonly<Record<string, SyncProblemCode>>
  /** The newest sync. While queued or running it holds the slot. */
  readonly lastSync: Sync | null
  /** Set while a run is alive. */
  readonly lease: Lease | null
  /** A sync that takes the slot when the current run ends: for a new key, or asked for while the record is written. */
  readonly waitingSync: Sync | null
  readonly published: Published | null
  /** Generations that may have parts in the table and are not published: replaced ones, and those of runs that were killed. */
  readonly unpublishedGenerations: readonly string[]
  /** Null before the first write. */
  readonly record: StoredRecord | null
  /**
   * Until this time, late writes of a run that lost its lease may still change the record and snapshots. A comparison
   * with the record before then is not final, and a purge must be repeated. Null when no late writes are possible.
   */
  readonly lateWritesUntil: string | null
  /** When a listing was rejected as implausible, and who was missing in it. Used by `judgeListing`. */
  readonly implausible: { readonly at: string; readonly missing: string } | null
  /** The version for optimistic locking: each write increases it and requires the previous value. */
  readonly revision: number
}

/** The fields of a new integration. */
export type NewIntegration = Pick<
  Integration,
  'id' | 'provider' | 'name' | 'keyHint' | 'keyExpiresAt' | 'companyDomains' | 'schedule' | 'simulated' | 'createdAt'
> &
  Partial<Pick<Integration, 'organizationId' | 'dataSetProblems'>>

/** A new integration: pending, with its first key, never synced. */
export function newIntegration(known: NewIntegration): Integration {
  return {
    organizationId: null,
    dataSetProblems: {},
    ...known,
    keyVersion: 1,
    lastKeyVersion: 1,
    pendingEdit: null,
    lifecycle: 'pending',
    problem: null,
    lastSync: null,
    lease: null,
    waitingSync: null,
    published: null,
    unpublishedGenerations: [],
    record: null,
    lateWritesUntil: null,
    implausible: null,
    revision: 0,
  }
}

/** The state of a data set on an integration. */
export function dataSetState({ published, dataSetProblems }: Integration, id: string): DataSetState {
  const problem = dataSetProblems[id]
  if (problem !== undefined && isNotRead(problem)) return notReadState(problem)
  return published?.dataSets[id] === undefined ? 'never_read' : 'current'
}

/** True when the record equals what is published. */
export function isRecorded({ published, record }: Pick<Integration, 'published' | 'record'>): boolean {
  return published !== null && record?.syncId === published.dataSets.directory.syncId
}

/** True when a run has to compare the record with what is published, and to repair it. */
export function isRecordBehind(integration: Pick<Integration, 'published' | 'record'>): boolean {
  return integration.published !== null && !isRecorded(integration)
}

/** The generations of all published data sets and of the summary. */
export function publishedGenerations(published: Published | null): string[] {
  if (published === null) return []
  const { dataSets, summary } = published
  return [...Object.values(dataSets), summary].flatMap((snapshot) => snapshot?.generation ?? [])
}

/** The effective company domains: those set by people, or else the inferred ones. */
export function effectiveDomains(integration: Pick<Integration, 'companyDomains' | 'published'>): readonly string[] {
  if (integration.companyDomains.length > 0) return integration.companyDomains
  return integration.published?.inferredDomains ?? []
}
