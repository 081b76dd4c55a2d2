import type { Problem, SyncProblemCode } from '../domain/problem.ts'
import type { Sync } from './sync.ts'
import type { Window } from '../domain/window.ts'

/** Seats and licenses of an organization, from the last successful sync and the company domains. */
export const SEATS_COUNTED = ['members', 'guests', 'inUse', 'unused', 'noData'] as const
export type IntegrationCounts = Readonly<Record<(typeof SEATS_COUNTED)[number], number>>

/** The published snapshot that every answer is served from, and the sync that read it. */
export interface Published {
  readonly syncId: string
  /** ISO 8601 UTC: when that sync finished. */
  readonly syncedAt: string
  readonly window: Window
  /** Identifies the immutable snapshot. A sync without changes publishes the previous generation again. */
  readonly generation: string
  readonly parts: number
  /** The first so many parts hold all people, and nothing else. */
  readonly peopleParts: number
  /** The digest of each series in the snapshot. */
  readonly digests: Readonly<Record<string, string>>
  readonly counts: IntegrationCounts
  /** What the active owners' email domains say, public mail providers left out. In effect while none are set. */
  readonly inferredDomains: readonly string[]
}

/** A run's lease of the sync slot. */
export interface Lease {
  readonly expiresAt: string
  /** 1 for the first run of a sync. It increases when another run resumes the sync. */
  readonly attempt: number
}

/** The fields that an edit sets; omitted fields stay. In stored form: domains in lower case, times in ISO 8601 UTC. */
export interface EditFields {
  readonly name?: string | undefined
  /** Empty means inferred. */
  readonly companyDomains?: readonly string[] | undefined
  readonly schedule?: string | null | undefined
  readonly keyExpiresAt?: string | null | undefined
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
  readonly key: { readonly keyVersion: number; readonly keyHint: string } | null
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
  readonly problem: (Problem<SyncProblemCode> & { readonly since: string }) | null
  /** The newest sync. While queued or running it holds the slot. */
  readonly lastSync: Sync | null
  /** Set while `lastSync` is running. */
  readonly lease: Lease | null
  /** A sync for a new key. It takes the slot when the running sync, which uses the previous key, has ended. */
  readonly waitingSync: Sync | null
  readonly published: Published | null
  /** Generations that may have parts in the table, including the published one. */
  readonly generations: readonly string[]
  /** The days that an interrupted run may have partly written. The next run compares them with the stored record. */
  readonly dirtyWindow: Window | null
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
>

/** A new integration: pending, with its first key, never synced. */
export function newIntegration(known: NewIntegration): Integration {
  return {
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
    generations: [],
    dirtyWindow: null,
    lateWritesUntil: null,
    implausible: null,
    revision: 0,
  }
}

/** The effective company domains: those set by people, or else the inferred ones. */
export function effectiveDomains(integration: Pick<Integration, 'companyDomains' | 'published'>): readonly string[] {
  if (integration.companyDomains.length > 0) return integration.companyDomains
  return integration.published?.inferredDomains ?? []
}
