import type { Problem, SyncProblemCode } from '../domain/problem.ts'
import type { Sync } from './sync.ts'
import type { Window } from '../domain/window.ts'

/** Seats and licenses of an organization, as the last successful sync and the company domains have them. */
export const SEATS_COUNTED = ['members', 'guests', 'inUse', 'unused', 'noData'] as const
export type IntegrationCounts = Readonly<Record<(typeof SEATS_COUNTED)[number], number>>

/** The snapshot that every answer is served from, and the sync that found it so. */
export interface Published {
  readonly syncId: string
  /** ISO 8601 UTC: when that sync finished. */
  readonly syncedAt: string
  readonly window: Window
  /** Names the immutable snapshot. A sync that finds nothing new publishes the older generation again. */
  readonly generation: string
  readonly parts: number
  /** The first so many parts hold all people, and nothing else. */
  readonly peopleParts: number
  /** Of each series in the snapshot. */
  readonly digests: Readonly<Record<string, string>>
  readonly counts: IntegrationCounts
  /** What the active owners' email domains say, public mail providers left out. In effect while none are set. */
  readonly inferredDomains: readonly string[]
}

/** A run's hold on the sync slot. */
export interface Lease {
  readonly expiresAt: string
  /** 1 for the first run of a sync; a run that resumes it after a lapse counts on. */
  readonly attempt: number
}

/** What an edit sets; what it leaves out stays. As stored: domains lower case, times ISO 8601 UTC. */
export interface EditFields {
  readonly name?: string | undefined
  /** Empty means inferred. */
  readonly companyDomains?: readonly string[] | undefined
  readonly schedule?: string | null | undefined
  readonly keyExpiresAt?: string | null | undefined
}

/**
 * An edit that takes a name or stores a key, noted before it does, so that what runs after a kill can tell by the
 * stored key's version whether the edit happened.
 */
export interface PendingEdit {
  readonly id: string
  readonly startedAt: string
  readonly fields: EditFields
  /** Null when the edit brings no new key. */
  readonly key: { readonly keyVersion: number; readonly keyHint: string } | null
}

/** `pending` until its key is stored, `deleting` until its data is purged: neither is shown anywhere. */
export const LIFECYCLES = ['pending', 'visible', 'deleting'] as const
export type Lifecycle = (typeof LIFECYCLES)[number]

/** One connected organization, with its sync slot and its pointer to the published snapshot. */
export interface Integration {
  readonly id: string
  /** The provider's id. */
  readonly provider: string
  readonly name: string
  readonly keyHint: string
  /** Of the key in use. */
  readonly keyVersion: number
  /** The highest version that a key was ever to be stored under. */
  readonly lastKeyVersion: number
  readonly keyExpiresAt: string | null
  /** As set by people, lower case; empty means inferred. */
  readonly companyDomains: readonly string[]
  /** The schedule's name; null means the default one. */
  readonly schedule: string | null
  /** Present while its name or its key is being changed. */
  readonly pendingEdit: PendingEdit | null
  readonly simulated: boolean
  readonly createdAt: string
  readonly lifecycle: Lifecycle
  readonly problem: (Problem<SyncProblemCode> & { readonly since: string }) | null
  /** The newest sync. While it is queued or running it holds the slot. */
  readonly lastSync: Sync | null
  /** Present while `lastSync` is running. */
  readonly lease: Lease | null
  /** A key-change sync that takes the slot when the running sync, which reads with the older key, has ended. */
  readonly waitingSync: Sync | null
  readonly published: Published | null
  /** Generations that may still have parts in the table; the published one is among them. */
  readonly generations: readonly string[]
  /** The days a run may have left half written in the record: the next run compares with what is stored. */
  readonly dirtyWindow: Window | null
  /**
   * Until then, writes of a run that lost its lease may still land in the record and in snapshots. What was compared
   * with the record earlier says nothing about it, and a purge must be repeated. Null: none can.
   */
  readonly lateWritesUntil: string | null
  /** When a listing was not believed, and who was missing in it: `judgeListing` reads it. */
  readonly implausible: { readonly at: string; readonly missing: string } | null
  /** Counts every write: the condition of the next. */
  readonly revision: number
}

/** What is known of an integration when it is connected. */
export type NewIntegration = Pick<
  Integration,
  'id' | 'provider' | 'name' | 'keyHint' | 'keyExpiresAt' | 'companyDomains' | 'schedule' | 'simulated' | 'createdAt'
>

/** An integration as it begins: pending, with its first key, never synced. */
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

/** The company domains in effect: those that people set, else the inferred ones. */
export function effectiveDomains(integration: Pick<Integration, 'companyDomains' | 'published'>): readonly string[] {
  if (integration.companyDomains.length > 0) return integration.companyDomains
  return integration.published?.inferredDomains ?? []
}
