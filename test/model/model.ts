import { type ModelDataSetResult, notReadResult, readResult } from './data-sets.ts'
import { foundOthers, type ModelOthers, othersAfter, othersResults } from './kinds.ts'
import { listAfter, listResults, type ModelList, openInvites } from './lists.ts'
import type {
  ModelFailure,
  ModelInvite,
  ModelKey,
  ModelLogin,
  ModelOrganization,
  ModelPrint,
  ModelUsage,
} from './organization.ts'
import { costRowsOf, costsAfter, costsResults, type ModelCosts } from './costs.ts'
import { believedPrints, printsAfter, printsResults, rowsOf } from './prints.ts'
import {
  daysOf,
  inferredDomains,
  isSomething,
  type KnownPerson,
  type ModelWindow,
  order,
  statusOf,
  sumOf,
  windowAt,
} from './rules.ts'

const MINUTE = 60_000
const KEPT_MS = 60 * 86_400_000
/** Codes that require a person; all others are transient. */
const ASKS_FOR_ACTION = [
  'invalid_admin_key',
  'insufficient_permissions',
  'account_deactivated',
  'data_set_unavailable',
  'different_organization',
]

/** Why a reading is not believed, and which of its data sets are not. */
interface Doubt {
  readonly code: string
  readonly dataSets: readonly string[]
}

const EVERY_DATA_SET = ['directory', 'usage', 'other_usage', 'costs', 'keys', 'invites', 'prints']
const IMPLAUSIBLE: Doubt = { code: 'implausible_listing', dataSets: ['directory'] }

/** Which sync read something, and when. */
export interface ModelReading {
  readonly syncId: string
  readonly atMs: number
  readonly window: ModelWindow
}

/** What one successful sync published. */
export interface ModelPublished extends ModelReading {
  /** Every day of the window, oldest first. */
  readonly days: readonly string[]
  readonly people: readonly KnownPerson[]
  readonly usage: readonly ModelUsage[]
  /** The last reading of other kinds of usage. Null when there is none. */
  readonly others: ModelOthers | null
  /** The last reading of costs. Null when there is none. */
  readonly costs: (ModelReading & ModelCosts) | null
  /** The last readings of lists. Null when there is none. */
  readonly keys: ModelList<ModelKey> | null
  readonly invites: ModelList<ModelInvite> | null
  /** Null where nobody read them. */
  readonly logins: readonly ModelLogin[] | null
  /** The last reading of them. Null when there is none. */
  readonly prints: (ModelReading & { readonly rows: readonly ModelPrint[] }) | null
}

/** A sync, queued or ended. `code` says why it failed. */
export interface ModelSync {
  readonly id: string
  readonly trigger: string
  readonly state: 'queued' | 'succeeded' | 'failed'
  readonly code: string | null
  readonly read: {
    readonly users: number
    readonly usageRows: number
    readonly costsRows: number
    readonly printsRows?: number
  }
  readonly removedUsers: number
  /** Empty before the end. */
  readonly dataSets: readonly ModelDataSetResult[]
}

/** What a sync met: the organization, or a reason why it could not be read. */
export type ModelFinding = ModelOrganization | ModelFailure

/** When a sync started, which pins its window, and when it had read everything and ended. */
export interface ModelTimes {
  readonly startedMs: number
  readonly endedMs: number
}

/** One integration by the rules, in the simplest way: everything is kept and recomputed each time. */
export class Model {
  published: ModelPublished | null = null
  /** The sync whose data the record equals: the published one, unless a test has kept the record from being written. */
  recordedSyncId: string | null = null
  problem: { code: string; sinceMs: number } | null = null
  /** Newest first. */
  syncs: ModelSync[] = []
  /** As set; empty means inferred. */
  companyDomains: readonly string[] = []
  /** Why data sets could not be read by the last sync that tried, by their ids. */
  dataSetProblems: Readonly<Record<string, string>> = {}
  /** True where a test has added prints, an optional series. */
  readonly hasPrints: boolean
  readonly provider: 'openai' | 'anthropic'
  /** Who was missing in a rejected listing, and since when. */
  private doubted: { missing: ReadonlySet<string>; sinceMs: number } | null = null

  constructor({ hasPrints = false, provider = 'openai' }: Partial<Pick<Model, 'hasPrints' | 'provider'>> = {}) {
    this.hasPrints = hasPrints
    this.provider = provider
  }

  /** The domains in effect. */
  get domains(): readonly string[] {
    if (this.companyDomains.length > 0) return this.companyDomains
    return this.published === null ? [] : inferredDomains(this.published.people)
  }

  /** A new key was checked and set: problems of the older one are cleared. `problems`: what it cannot read, by data set. */
  changeKey(problems: Readonly<Record<string, string>> = {}): void {
    this.problem = null
    this.dataSetProblems = problems
  }

  /** A sync that waits for its run. */
  queue(sync: Pick<ModelSync, 'id' | 'trigger'>): void {
    const nothing = { code: null, read: this.counted(0, 0, 0, 0), removedUsers: 0, dataSets: [] }
    this.syncs = [{ ...sync, state: 'queued', ...nothing }, ...this.syncs]
  }

  /** A sync: what it found, and when. Returns its outcome. */
  sync(sync: Pick<ModelSync, 'id' | 'trigger'>, when: ModelTimes, found: ModelFinding): ModelSync {
    const ended = 'failure' in found ? { ...sync, ...this.notRead(when, found) } : this.publish(sync, when, found)
    this.syncs = [ended, ...this.syncs.filter((each) => each.id !== sync.id)]
    const { code, dataSets } = ended
    const problems = dataSets.flatMap((dataSet) => (dataSet.code === null ? [] : [[dataSet.id, dataSet.code]]))
    const untried = Object.entries(this.dataSetProblems).filter(([id]) => !dataSets.some((each) => each.id === id))
    this.dataSetProblems = { ...(code !== null && Object.fromEntries(untried)), ...Object.fromEntries(problems) }
    if (code !== null && ASKS_FOR_ACTION.includes(code) && this.problem?.code !== code) {
      this.problem = { code, sinceMs: when.endedMs }
    }
    return ended
  }

  private publish(sync: Pick<ModelSync, 'id' | 'trigger'>, when: ModelTimes, found: ModelOrganization): ModelSync {
    const window = windowAt(when.startedMs)
    const nowMs = when.endedMs
    const usage = found.usage.filter((row) => window.from <= row.day && row.day <= window.to)
    const before = this.published
    const prints = believedPrints(found, window, before)
    const others = foundOthers(found, window, before)
    const doubt = this.doubt(found, nowMs) ?? this.doubtDaysLeftOut(found, window)
    if (doubt !== null) return { ...sync, ...this.notBelieved(doubt, window, found) }
    const read = this.counted(found.people.length, usage.length, costRowsOf(found.costs), rowsOf(prints, window))
    const { people, removedUsers } = this.peopleAfter(found, nowMs)
    const rows = addedUp(usage.filter((row) => isSomething(row)))
    const reading = { syncId: sync.id, atMs: nowMs, window }
    this.published = {
      ...reading,
      days: daysOf(window),
      people,
      usage: rows,
      others: othersAfter(others, before, reading, found),
      costs: costsAfter(found.costs, before, reading),
      keys: listAfter(found.keys, before?.keys, reading),
      invites: listAfter(openInvites(found.invites), before?.invites, reading),
      logins: found.logins ?? null,
      prints: printsAfter(prints, before, reading),
    }
    this.recordedSyncId = sync.id
    this.problem = null
    this.doubted = null
    const dataSets = [
      readResult('directory', read.users, { before: before?.people.map(asStored), after: people.map(asStored) }),
      readResult('usage', read.usageRows, { before: before?.usage, after: rows }),
      ...othersResults(others, before, this.published.others),
      ...costsResults(found.costs, before),
      ...listResults(found, before, this.published),
      ...printsResults(prints, before),
    ]
    return { ...sync, state: 'succeeded', code: null, read, removedUsers, dataSets }
  }

  private counted(users: number, usageRows: number, costsRows: number, printsRows: number): ModelSync['read'] {
    return { users, usageRows, costsRows, ...(this.hasPrints && { printsRows }) }
  }

  /** A sync that could not read what is required. */
  private notRead(
    { startedMs }: ModelTimes,
    { failure, dataSets = { directory: failure, usage: failure }, others }: ModelFailure,
  ): Omit<ModelSync, 'id' | 'trigger'> {
    const rows = this.rowsIn(others ?? { people: [], usage: [] }, windowAt(startedMs))
    const results = ['directory', 'usage'].map((id) => {
      const code = dataSets[id]
      return code === undefined ? foundResult(id, rows[id]) : notReadResult(id, code)
    })
    return this.failed(failure, results)
  }

  /** A sync that read everything and does not believe it. What is optional was read, or could not be. */
  private notBelieved(doubt: Doubt, window: ModelWindow, found: ModelOrganization): Omit<ModelSync, 'id' | 'trigger'> {
    const rows = this.rowsIn(found, window)
    const { costs, prints, keys, invites } = found
    const optional: Readonly<Record<string, object | undefined>> = { costs, prints, keys, invites }
    const dataSets = Object.keys(rows).map((id) => {
      const failure = failureOf(optional[id])
      if (failure !== null) return notReadResult(id, failure)
      return doubt.dataSets.includes(id) ? notReadResult(id, doubt.code, rows[id]) : foundResult(id, rows[id])
    })
    return this.failed(doubt.code, dataSets)
  }

  private rowsIn(found: ModelOrganization, window: ModelWindow): Record<string, number> {
    const { people, usage, costs, prints, keys, invites } = found
    const lengthOf = (list: readonly object[] | ModelFailure) => ('failure' in list ? 0 : list.length)
    return {
      directory: people.length,
      usage: usage.filter((row) => window.from <= row.day && row.day <= window.to).length,
      ...(found.otherUsage && { other_usage: foundOthers(found, window, null)?.rows.length ?? 0 }),
      ...(costs && { costs: costRowsOf(costs) }),
      ...(keys && { keys: lengthOf(keys) }),
      ...(invites && { invites: lengthOf(invites) }),
      ...(prints && { prints: rowsOf(prints, window) }),
    }
  }

  private failed(code: string, dataSets: readonly ModelDataSetResult[]): Omit<ModelSync, 'id' | 'trigger'> {
    const rows = (id: string) => dataSets.find((each) => each.id === id)?.rows ?? 0
    const read = this.counted(rows('directory'), rows('usage'), rows('costs'), rows('prints'))
    return { state: 'failed', code, read, removedUsers: 0, dataSets }
  }

  /**
   * Why a listing is not believed; null when it is. “A sync at least 10 minutes later in which the same people are missing is
   * believed, newcomers or not, if of the others fewer than 10 or at most half are missing; an empty one never.”
   */
  private doubt(found: ModelOrganization, nowMs: number): Doubt | null {
    const ids = new Set(found.people.map((person) => person.id))
    const stored = (this.published?.people ?? []).filter((person) => person.removedAt === null)
    const missing = new Set(stored.map((person) => person.id).filter((id) => !ids.has(id)))
    if (ids.size === 0) return IMPLAUSIBLE
    if (stored.length > 0 && missing.size === stored.length) {
      return { code: 'different_organization', dataSets: EVERY_DATA_SET }
    }
    if (!isMassDeparture(missing.size, stored.length)) return null
    const before = this.doubted?.missing ?? new Set()
    const others = stored.filter((person) => !before.has(person.id))
    const othersMissing = others.filter((person) => missing.has(person.id)).length
    const isSame = before.size > 0 && before.isSubsetOf(missing) && !isMassDeparture(othersMissing, others.length)
    if (!isSame || this.doubted === null) this.doubted = { missing, sinceMs: nowMs }
    return nowMs - this.doubted.sinceMs >= 10 * MINUTE ? null : IMPLAUSIBLE
  }

  /** “A day that a reply leaves out is empty, unless requests are known on it: then the reply is not believed.” */
  private doubtDaysLeftOut({ usage, leavesOutEmptyDays }: ModelOrganization, window: ModelWindow): Doubt | null {
    const stated = new Set(usage.map((row) => row.day))
    const leftOut = leavesOutEmptyDays === true ? daysOf(window).filter((day) => !stated.has(day)) : []
    const known = (this.published?.usage ?? []).filter((row) => row.requests > 0).map((row) => row.day)
    return known.some((day) => leftOut.includes(day)) ? { code: 'unexpected_reply', dataSets: ['usage'] } : null
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

/** Each combination of day, user and model once: Anthropic says by product what they used. */
function addedUp(usage: readonly ModelUsage[]): ModelUsage[] {
  return [...Map.groupBy(usage, ({ day, userId, model }) => JSON.stringify([day, userId, model])).values()].flatMap(
    (own) => (own[0] === undefined ? [] : [{ ...own[0], ...sumOf(own) }]),
  )
}

/** A data set that a failed sync could read. */
function foundResult(id: string, rows = 0): ModelDataSetResult {
  return { id, outcome: 'read', rows, code: null }
}

function failureOf(found: object | undefined): string | null {
  return found !== undefined && 'failure' in found ? String(found.failure) : null
}

function isMassDeparture(missing: number, of: number): boolean {
  return missing >= 10 && missing > of / 2
}

/** Somebody as far as Rollcall stores them. */
function asStored(person: KnownPerson): object {
  return { ...person, enabled: null, banned: null, status: statusOf(person) }
}
