import { fetchUsage, fetchUsers, type Raw, recordOf, textOf } from './raw-pages.ts'

/**
 * An independent recount of an organization from the raw pages of its Admin API. It imports nothing of the product nor of
 * the simulated organization, so that a mistake in one cannot hide in the other.
 */
export interface Recount {
  readonly userIds: string[]
  readonly members: Map<string, CountedMember>
  /** Keyed by JSON of `[day, userId, model]`. */
  readonly byDayUserModel: Map<string, Numbers>
  /** Days without any row are left out. */
  readonly byDay: Map<string, Numbers>
  readonly byModel: Map<string | null, Numbers>
  /** Everybody that a row names, in the directory or not. */
  readonly byUser: Map<string, Numbers>
  /** Of users who are not in the directory. */
  readonly formerMembers: Numbers
  /** Of rows without a user. */
  readonly unattributed: Numbers
  readonly total: Numbers
  /** Of those in the directory who ever were active. */
  readonly lastActivity: Map<string, Activity>
  readonly rawRows: number
}

export interface Numbers {
  requests: number
  inputTokens: number
  cachedInputTokens: number
  outputTokens: number
}

export interface CountedMember {
  readonly email: string | null
  readonly name: string | null
  readonly role: string | null
  readonly status: 'active' | 'disabled' | 'banned'
  readonly kind: 'person' | 'service_account'
  readonly isScimManaged: boolean
  readonly addedAt: string
  readonly apiKeyLastUsedAt: string | null
}

export interface Activity {
  readonly on: string
  readonly source: 'usage' | 'api_key'
}

/** UTC days, both in it. */
export interface RecountWindow {
  readonly from: string
  readonly to: string
}

const SECONDS_PER_DAY = 86_400

/** Reads the members and the usage of a window, as it is known at `now`, and counts it. Also takes the two days apart. */
export async function recount(baseUrl: string, key: string, window: RecountWindow, now: Date): Promise<Recount>
export async function recount(baseUrl: string, key: string, from: string, to: string): Promise<Recount>
export async function recount(
  baseUrl: string,
  key: string,
  windowOrFrom: RecountWindow | string,
  nowOrTo: Date | string,
): Promise<Recount> {
  const from = typeof windowOrFrom === 'string' ? windowOrFrom : windowOrFrom.from
  const to = typeof windowOrFrom === 'string' ? String(nowOrTo) : windowOrFrom.to
  const start = Date.parse(from) / 1000
  const windowEnd = Date.parse(to) / 1000 + SECONDS_PER_DAY
  const end = nowOrTo instanceof Date ? Math.min(windowEnd, Math.ceil(nowOrTo.getTime() / 1000)) : windowEnd
  const users = await fetchUsers(baseUrl, key)
  const members = new Map(users.map((user) => [String(user['id']), memberOf(user)]))
  const counted = emptyRecount(members)
  let rawRows = 0
  for (const { startTime, rows } of end > start ? await fetchUsage(baseUrl, key, start, end) : []) {
    const day = dayOf(startTime)
    for (const row of rows) count(counted, day, row)
    rawRows += rows.length
  }
  return { ...counted, rawRows, lastActivity: lastActivityOf(members, counted.byDayUserModel) }
}

type Sums = Omit<Recount, 'rawRows' | 'lastActivity'>

function emptyRecount(members: Map<string, CountedMember>): Sums {
  return {
    userIds: [...members.keys()],
    members,
    byDayUserModel: new Map(),
    byDay: new Map(),
    byModel: new Map(),
    byUser: new Map(),
    formerMembers: zero(),
    unattributed: zero(),
    total: zero(),
  }
}

function memberOf(user: Raw): CountedMember {
  const inner = recordOf(user['user']) ?? {}
  return {
    email: textOf(user['email']) ?? textOf(inner['email']) ?? null,
    name: textOf(user['name']) ?? textOf(inner['name']) ?? null,
    role: textOf(user['role']) ?? null,
    status: statusOf(inner),
    kind: user['is_service_account'] === true ? 'service_account' : 'person',
    isScimManaged: user['is_scim_managed'] === true,
    addedAt: instantOf(user['added_at']) ?? '',
    apiKeyLastUsedAt: instantOf(user['api_key_last_used_at']),
  }
}

function statusOf(inner: Raw): CountedMember['status'] {
  if (inner['banned'] === true) return 'banned'
  return inner['enabled'] === false ? 'disabled' : 'active'
}

function count(sums: Sums, day: string, row: Raw): void {
  const userId = textOf(row['user_id']) ?? null
  const model = textOf(row['model']) ?? null
  const numbers = {
    requests: Number(row['num_model_requests'] ?? 0),
    inputTokens: Number(row['input_tokens'] ?? 0),
    cachedInputTokens: Number(row['input_cached_tokens'] ?? 0),
    outputTokens: Number(row['output_tokens'] ?? 0),
  }
  add(sums.total, numbers)
  addTo(sums.byDayUserModel, JSON.stringify([day, userId, model]), numbers)
  addTo(sums.byDay, day, numbers)
  addTo(sums.byModel, model, numbers)
  if (userId === null) return add(sums.unattributed, numbers)
  addTo(sums.byUser, userId, numbers)
  if (!sums.members.has(userId)) add(sums.formerMembers, numbers)
}

/** The latest day of either evidence; usage wins on the same day. */
function lastActivityOf(
  members: ReadonlyMap<string, CountedMember>,
  byDayUserModel: ReadonlyMap<string, Numbers>,
): Map<string, Activity> {
  const last = new Map<string, Activity>()
  for (const [userId, { apiKeyLastUsedAt }] of members) {
    if (apiKeyLastUsedAt !== null) last.set(userId, { on: apiKeyLastUsedAt.slice(0, 10), source: 'api_key' })
  }
  for (const [place, { requests }] of byDayUserModel) {
    const [day, userId]: unknown[] = JSON.parse(place)
    if (requests === 0 || typeof day !== 'string' || typeof userId !== 'string' || !members.has(userId)) continue
    const known = last.get(userId)
    if (known === undefined || day >= known.on) last.set(userId, { on: day, source: 'usage' })
  }
  return last
}

function addTo<Key>(sums: Map<Key, Numbers>, key: Key, numbers: Numbers): void {
  const sum = sums.get(key) ?? zero()
  add(sum, numbers)
  sums.set(key, sum)
}

function add(sum: Numbers, numbers: Numbers): void {
  sum.requests += numbers.requests
  sum.inputTokens += numbers.inputTokens
  sum.cachedInputTokens += numbers.cachedInputTokens
  sum.outputTokens += numbers.outputTokens
}

function zero(): Numbers {
  return { requests: 0, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 }
}

function dayOf(unixSeconds: number): string {
  return new Date(unixSeconds * 1000).toISOString().slice(0, 10)
}

function instantOf(unixSeconds: unknown): string | null {
  if (unixSeconds === undefined || unixSeconds === null) return null
  return new Date(Number(unixSeconds) * 1000).toISOString()
}
