import { domainToASCII } from 'node:url'
import type { ModelNumbers, ModelOtherUsage, ModelPerson, ModelUsage } from './organization.ts'

const MS_PER_DAY = 86_400_000
/** Public mail says nothing about a company. The model knows of the one such domain that its people use. */
const PUBLIC_MAIL = 'example.com'

const OWNER_ROLES = ['owner', 'admin', 'primary_owner', 'membership_admin']

/** In the order in which they are named on one day. */
const SOURCES = ['usage', 'other_usage', 'api_key']

export const NOTHING: ModelNumbers = { requests: 0, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 }

/** Somebody as a successful sync left them. `removedAt`: ISO 8601, null while they are listed. */
export interface KnownPerson extends ModelPerson {
  readonly removedAt: string | null
}

export interface ModelWindow {
  readonly from: string
  readonly to: string
}

/** The UTC day so many days after an instant's. */
export function dayAt(ms: number, daysLater = 0): string {
  return new Date(ms + daysLater * MS_PER_DAY).toISOString().slice(0, 10)
}

export function dayAfter(day: string, days: number): string {
  return dayAt(Date.parse(day), days)
}

/** The window of a sync: 60 days that end with the day it starts. */
export function windowAt(ms: number): ModelWindow {
  return { from: dayAt(ms, -59), to: dayAt(ms) }
}

export function daysOf({ from, to }: ModelWindow): string[] {
  const days = [from]
  for (let day = from; day !== to; days.push(day)) day = dayAfter(day, 1)
  return days
}

export function sumOf(rows: readonly ModelNumbers[]): ModelNumbers {
  const sum = { ...NOTHING }
  for (const row of rows) {
    sum.requests += row.requests
    sum.inputTokens += row.inputTokens
    sum.cachedInputTokens += row.cachedInputTokens
    sum.outputTokens += row.outputTokens
  }
  return sum
}

export function isSomething(numbers: ModelNumbers): boolean {
  return numbers.requests + numbers.inputTokens + numbers.cachedInputTokens + numbers.outputTokens > 0
}

/** “`banned` (`user.banned` true), else `disabled` (`user.enabled` false), else `active` (also when absent).” */
export function statusOf(person: KnownPerson): 'removed' | 'banned' | 'disabled' | 'active' {
  if (person.removedAt !== null) return 'removed'
  if (person.banned === true) return 'banned'
  return person.enabled === false ? 'disabled' : 'active'
}

/**
 * “…infers them from the active owners' domains, without public mail providers and without those under which nobody but owners
 * is listed, unless that leaves none.”
 */
export function inferredDomains(people: readonly KnownPerson[]): string[] {
  const listed = people.filter((person) => person.removedAt === null && !person.isServiceAccount)
  const domains = new Set<string>()
  for (const person of listed) {
    const domain = emailDomain(person.email)
    const isActiveOwner = statusOf(person) === 'active' && isOwner(person)
    if (isActiveOwner && domain !== null && domain !== PUBLIC_MAIL) domains.add(domain)
  }
  const others = listed.filter((person) => !isOwner(person)).map((person) => `.${emailDomain(person.email)}`)
  const shared = [...domains].filter((domain) => others.some((other) => other.endsWith(`.${domain}`)))
  return (shared.length > 0 ? shared : [...domains]).toSorted()
}

/** Ids of service accounts, and of keys that stand for themselves, say so by themselves; no directory has them. */
export function kindNamedBy(id: string): 'service_account' | 'key' | null {
  if (/^(svc_acct|svac)_/.test(id)) return 'service_account'
  return id.startsWith('apikey_') ? 'key' : null
}

/** The five rules of seats, first match wins; null for who holds none. */
export function seatOf(person: KnownPerson, domains: readonly string[]): { type: string; reason: string } | null {
  if (person.isServiceAccount || statusOf(person) !== 'active') return null
  if (isOwner(person)) return { type: 'member', reason: 'owner' }
  if (person.isScimManaged) return { type: 'member', reason: 'scim' }
  if (isOutside(person.email, domains)) return { type: 'guest', reason: 'external_domain' }
  const isKnown = domains.length > 0 && emailDomain(person.email) !== null
  return { type: 'member', reason: isKnown ? 'company_domain' : 'default' }
}

/** “Company domains are known and the email is outside them”; a subdomain is inside. “Domains compare in ASCII.” */
export function isOutside(email: string | null, domains: readonly string[]): boolean {
  const domain = emailDomain(email)
  if (domain === null || domains.length === 0) return false
  return !domains.some((known) => `.${domain}`.endsWith(`.${domainToASCII(known)}`))
}

/** What is consumed, with or without requests. What is merely stored is no use. */
export function isOtherUse({ kind, requests, quantity }: ModelOtherUsage): boolean {
  return kind !== 'vector_stores' && requests + quantity > 0
}

/** “The last known use, with its source: `usage`, `other_usage`, `api_key`; on the same day in this order.” */
export function lastActivityOf(
  person: ModelPerson,
  rows: readonly ModelUsage[],
  others: readonly ModelOtherUsage[],
  keyUses: readonly { readonly on: string; readonly source: string }[],
): { on: string; source: string } | null {
  const usage = rows.filter((row) => row.requests > 0).map((row) => ({ on: row.day, source: 'usage' }))
  const other = others.filter((row) => isOtherUse(row)).map((row) => ({ on: row.day, source: 'other_usage' }))
  const key = person.keyLastUsedAt === null ? [] : [{ on: dayAt(person.keyLastUsedAt * 1000), source: 'api_key' }]
  const [latest] = [...usage, ...other, ...key, ...keyUses].toSorted(
    (left, right) => order(right.on, left.on) || SOURCES.indexOf(left.source) - SOURCES.indexOf(right.source),
  )
  return latest ?? null
}

/**
 * `in_use`, `unused` or `no_data`; null without a seat. Evidence later than the window's last day, which a sync over
 * midnight can bring, is no absence either.
 */
export function licenseOf(holder: {
  readonly seat: object | null
  readonly lastActiveOn: string | null
  readonly window: ModelWindow
  readonly peopleUsedIt: boolean
}): string | null {
  if (holder.seat === null) return null
  if (holder.lastActiveOn !== null && holder.lastActiveOn >= holder.window.from) return 'in_use'
  return holder.peopleUsedIt ? 'unused' : 'no_data'
}

/** -1, 0 or 1, as sorting wants it. */
export function order(left: string | number, right: string | number): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

/** By the roles of both providers: none of one is somebody else's at the other. */
export function isOwner({ role }: Pick<ModelPerson, 'role'>): boolean {
  return OWNER_ROLES.includes(role?.toLowerCase() ?? '')
}

function emailDomain(email: string | null): string | null {
  const domain = email?.trim().toLowerCase().split('@').at(-1)
  return domain === undefined ? null : domainToASCII(domain) || domain
}
