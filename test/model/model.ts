import type { ModelOrganization, ModelUsage } from './organization.ts'
import { daysOf, inferredDomains, isSomething, type KnownPerson, type ModelWindow, order, windowAt } from './rules.ts'

const MINUTE = 60_000
const KEPT_MS = 60 * 86_400_000
/** Codes that require a person; all others are transient. */
const ASKS_FOR_ACTION = [
  'invalid_admin_key',
  'insufficient_permissions',
  'account_deactivated',
  'different_organization',
]

/** What one successful sync published. */
export interface ModelPublished {
  readonly syncId: string
  readonly atMs: number
  readonly window: ModelWindow
  /** Every day of the window, oldest first. */
  readonly days: readonly string[]
  readonly people: readonly KnownPerson[]
  readonly usage: readonly ModelUsage[]
}

/** A sync, queued or ended. `code` says why it failed. */
export interface ModelSync {
  readonly id: string
  readonly trigger: string
  readonly state: 'queued' | 'succeeded' | 'failed'
  readonly code: string | null
  readonly read: { readonly users: number; readonly usageRows: number }
  readonly removedUsers: number
}

/** What a sync met: the organization, or a reason why it could not be read. */
export type ModelFinding = ModelOrganization | { readonly failure: string }

/** When a sync started, which pins its window, and when it had read everything and ended. */
export interface ModelTimes {
  readonly startedMs: number
  readonly endedMs: number
}

const NOTHING_READ = { users: 0, usageRows: 0 }

/** One integration by the rules, in the simplest way: everything is kept and recomputed each time. */
export class Model {
  published: ModelPublished | null = null
  problem: { code: string; sinceMs: number } | null = null
  /** Newest first. */
  syncs: ModelSync[] = []
  /** As set; empty means inferred. */
  companyDomains: readonly string[] = []
  /** Who was missing in a rejected listing, and since when. */
  private doubted: { missing: ReadonlySet<string>; sinceMs: number } | null = null

  /** The domains in effect. */
  get domains(): readonly string[] {
    if (this.companyDomains.length > 0) return this.companyDomains
    return this.published === null ? [] : inferredDomains(this.published.people)
  }

  /** A new key was checked and set: a problem of the older one is cleared. */
  changeKey(): void {
    this.problem = null
  }

  /** A sync that waits for its run. */
  queue(sync: Pick<ModelSync, 'id' | 'trigger'>): void {
    const queued = { ...sync, state: 'queued' as const, code: null, read: NOTHING_READ, removedUsers: 0 }
    this.syncs = [queued, ...this.syncs]
  }

  /** A sync: what it found, and when. Returns its outcome. */
  sync(sync: Pick<ModelSync, 'id' | 'trigger'>, when: ModelTimes, found: ModelFinding): ModelSync {
    const ended = 'failure' in found ? { ...sync, ...failed(found.failure) } : this.publish(sync, when, found)
    this.syncs = [ended, ...this.syncs.filter((each) => each.id !== sync.id)]
    const { code } = ended
    if (code !== null && ASKS_FOR_ACTION.includes(code) && this.problem?.code !== code) {
      this.problem = { code, sinceMs: when.endedMs }
    }
    return ended
  }

  private publish(sync: Pick<ModelSync, 'id' | 'trigger'>, when: ModelTimes, found: ModelOrganization): ModelSync {
    const window = windowAt(when.startedMs)
    const nowMs = when.endedMs
    const usage = found.usage.filter((row) => window.from <= row.day && row.day <= window.to)
    const read = { users: found.people.length, usageRows: usage.length }
    const doubt = this.doubt(found, nowMs) ?? this.doubtDaysLeftOut(found, window)
    if (doubt !== null) return { ...sync, ...failed(doubt), read }
    const { people, removedUsers } = this.peopleAfter(found, nowMs)
    const rows = usage.filter((row) => isSomething(row))
    this.published = { syncId: sync.id, atMs: nowMs, window, days: daysOf(window), people, usage: rows }
    this.problem = null
    this.doubted = null
    return { ...sync, state: 'succeeded', code: null, read, removedUsers }
  }

  /**
   * Why a listing is not believed; null when it is. “A sync at least 10 minutes later in which the same people are missing is
   * believed, newcomers or not, if of the others fewer than 10 or at most half are missing; an empty one never.”
   */
  private doubt(found: ModelOrganization, nowMs: number): string | null {
    const ids = new Set(found.people.map((person) => person.id))
    const stored = (this.published?.people ?? []).filter((person) => person.removedAt === null)
    const missing = new Set(stored.map((person) => person.id).filter((id) => !ids.has(id)))
    if (ids.size === 0) return 'implausible_listing'
    if (stored.length > 0 && missing.size === stored.length) return 'different_organization'
    if (!isMassDeparture(missing.size, stored.length)) return null
    const before = this.doubted?.missing ?? new Set()
    const others = stored.filter((person) => !before.has(person.id))
    const othersMissing = others.filter((person) => missing.has(person.id)).length
    const isSame = before.size > 0 && before.isSubsetOf(missing) && !isMassDeparture(othersMissing, others.length)
    if (!isSame || this.doubted === null) this.doubted = { missing, sinceMs: nowMs }
    return nowMs - this.doubted.sinceMs >= 10 * MINUTE ? null : 'implausible_listing'
  }

  /** “A day that a reply leaves out is empty, unless requests are known on it: then the reply is not believed.” */
  private doubtDaysLeftOut({ usage, leavesOutEmptyDays }: ModelOrganization, window: ModelWindow): string | null {
    const stated = new Set(usage.filter((row) => isSomething(row)).map((row) => row.day))
    const leftOut = leavesOutEmptyDays === true ? daysOf(window).filter((day) => !stated.has(day)) : []
    const known = (this.published?.usage ?? []).filter((row) => row.requests > 0).map((row) => row.day)
    return known.some((day) => leftOut.includes(day)) ? 'unexpected_reply' : null
  }

  private peopleAfter(found: ModelOrganization, nowMs: number): { people: KnownPerson[]; removedUsers: number } {
    const listed = found.people.map((person) => ({ ...person, removedAt: null }))
    const ids = new Set(listed.map((person) => person.id))
    const gone = (this.published?.people ?? []).filter((person) => !ids.has(person.id))
    const kept = gone
      .map((person) => ({ ...person, removedAt: person.removedAt ?? new Date(nowMs).toISOString() }))
      .filter((person) => nowMs - Date.parse(person.removedAt) <= KEPT_MS)
    return {
      people: [...listed, ...kept].toSorted((left, right) => order(left.id, right.id)),
      removedUsers: gone.filter((person) => person.removedAt === null).length,
    }
  }
}

function isMassDeparture(missing: number, of: number): boolean {
  return missing >= 10 && missing > of / 2
}

function failed(code: string): Omit<ModelSync, 'id' | 'trigger'> {
  return { state: 'failed', code, read: NOTHING_READ, removedUsers: 0 }
}
