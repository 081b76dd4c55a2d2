import { MS_PER_DAY } from '../../shared/domain/day.ts'
import { ApiError } from '../simulation/api-error.ts'
import { listPage, type OpenAiListPage } from './list-pages.ts'
import type { Listed } from './other-lists.ts'
import type { SimulatedUser } from './person.ts'
import { listFrom, numberFrom } from './query.ts'
import { chance } from '../simulation/random.ts'
import type { Switches } from './switches.ts'
import { dayNumberOf, unixSecondsOf } from '../simulation/utc.ts'

/** OpenAI does not say how long entries are kept. */
const DAYS_KEPT = 120
const LAST_SECOND = 253_402_300_799
/** They signed up, and never came back. */
const NEVER_SIGN_IN = 0.1

/** An entry to add. Default: a sign-in of the user. */
export interface AddedEntry {
  readonly id?: string
  readonly type?: string
  /** Null: the entry names nobody. */
  readonly userId: string | null
  /** Unix seconds. */
  readonly at: number
}

/** The audit log of a company: when people sign in and out. */
export class AuditLog {
  private readonly seed: string
  private readonly added: AddedEntry[] = []
  private isReplaced = false

  constructor(seed: string) {
    this.seed = seed
  }

  /** Adds entries besides the company's own. */
  add(...entries: readonly AddedEntry[]): void {
    this.added.push(...entries)
  }

  /** Replaces all entries. */
  replaceAll(entries: readonly AddedEntry[]): void {
    this.isReplaced = true
    this.added.splice(0, Infinity, ...entries)
  }

  /** The entries of a time from one instant to another, in unix seconds, the newest first. */
  entries(people: readonly SimulatedUser[], from: number, to: number): Listed[] {
    const own = this.isReplaced ? [] : people.flatMap((person) => this.entriesOf(person, from, to))
    return [...own, ...this.added.map((entry, index) => entryOf(entry, `audit_log-added-${index}`))]
      .filter(({ effective_at: at }) => from <= at && at < to)
      .toSorted((left, right) => right.effective_at - left.effective_at || (left.id < right.id ? -1 : 1))
  }

  /** People sign in every few days, some never. One sign-in of four fails at first, and half of all end with signing out. */
  private entriesOf(person: SimulatedUser, from: number, to: number): Entry[] {
    const { id: userId, added_at: addedAt = 0 } = person
    const keenness = chance(this.seed, userId, 'signs in')
    if (person['is_service_account'] === true || keenness < NEVER_SIGN_IN) return []
    const entries: Entry[] = []
    for (let day = dayNumberOf(from * 1000); day <= dayNumberOf(to * 1000); day += 1) {
      const drawn = chance(this.seed, userId, 'signs in', day)
      if (drawn > keenness / 3) continue
      const at = unixSecondsOf(day * MS_PER_DAY) + 7 * 3_600 + (Math.floor(drawn * 1e6) % 36_000)
      if (at < addedAt) continue
      const id = `audit_log-${userId}-${day}`
      if ((drawn * 1e4) % 4 < 1) entries.push(entryOf({ type: 'login.failed', userId, at: at - 20 }, `${id}-0`))
      entries.push(entryOf({ userId, at }, `${id}-1`))
      if ((drawn * 1e4) % 2 < 1) entries.push(entryOf({ type: 'logout.succeeded', userId, at: at + 5_000 }, `${id}-2`))
    }
    return entries
  }
}

/** The requested page of the audit log. Throws `ApiError` for requests that OpenAI rejects. */
export function auditLogPage(
  query: URLSearchParams,
  log: AuditLog,
  {
    people,
    now,
    switches,
  }: { readonly people: readonly SimulatedUser[]; readonly now: Date; readonly switches: Switches },
): OpenAiListPage<Listed> {
  const { auditLogRefused: refused } = switches
  if (refused !== null)
    throw new ApiError(
      refused,
      'You have insufficient permissions for this operation. Missing scopes: api.audit_logs.read.',
    )
  const nowSeconds = unixSecondsOf(now.getTime())
  const oldest = nowSeconds - (DAYS_KEPT * MS_PER_DAY) / 1000
  const from = Math.max(oldest, bound(query, 'gte', 0), bound(query, 'gt', -1) + 1)
  const to = Math.min(nowSeconds + 1, bound(query, 'lt', LAST_SECOND), bound(query, 'lte', LAST_SECOND) + 1)
  const types = listFrom(query, 'event_types')
  const entries = switches.auditLogOff ? [] : log.entries(people, from, to)
  const asked = entries.filter(({ type }) => types.length === 0 || types.includes(String(type)))
  return listPage(query, inOrder(asked, switches), switches)
}

function bound(query: URLSearchParams, operator: string, otherwise: number): number {
  return numberFrom(query, `effective_at[${operator}]`, { min: 0, max: LAST_SECOND, otherwise })
}

function inOrder(entries: readonly Listed[], { auditLogOrder }: Switches): readonly Listed[] {
  switch (auditLogOrder) {
    case 'newest_first':
      return entries
    case 'oldest_first':
      return entries.toReversed()
    case 'by_id':
      return entries.toSorted((left, right) => (left.id < right.id ? -1 : 1))
  }
}

interface Entry extends Listed {
  readonly effective_at: number
}

/** An entry has the address and the session of the person who caused it, too. */
function entryOf({ id, type = 'login.succeeded', userId, at }: AddedEntry, ownId: string): Entry {
  const session = {
    user: { id: userId, email: `${userId}@audit.example` },
    ip_address: '203.0.113.77',
    user_agent: 'ExampleBrowser/7',
    ip_address_details: { country: 'DE', city: 'Berlin' },
  }
  return {
    object: 'organization.audit_log',
    id: id ?? ownId,
    type,
    effective_at: at,
    actor: userId === null ? null : { type: 'session', session },
    [type]: {},
  }
}
