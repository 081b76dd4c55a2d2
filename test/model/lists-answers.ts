import { costOfKey } from './costs.ts'
import { asOfAnswer } from './answers.ts'
import { inviteStatus } from './lists.ts'
import type { Model, ModelPublished, ModelReading } from './model.ts'
import type { ModelKey } from './organization.ts'
import { dayAfter, dayAt, order, statusOf } from './rules.ts'

/** The keys with their owners and findings, by their most severe finding, then by name. Null if never read. */
export function keysAnswer({ published }: Model, nowMs: number) {
  const keys = published?.keys ?? null
  if (published === null || keys === null) return null
  const judged = keys.items.map((key) => keyAnswer(key, published, keys))
  const sorted = judged.toSorted(
    (left, right) =>
      left.rank - right.rank || byName(left.item.name, right.item.name) || order(left.item.id, right.item.id),
  )
  const items = sorted.map(({ item }) => item)
  return { items, nextCursor: null, total: items.length, asOf: asOfAnswer({ published: keys }, nowMs), notRead: [] }
}

/** “Pending and expired; a pending one past its expiry is expired”, the newest first. Null if never read. */
export function invitesAnswer({ published }: Model, nowMs: number) {
  const invites = published?.invites ?? null
  if (invites === null) return null
  const items = invites.items.map((invite) => ({
    id: invite.id,
    email: invite.email,
    role: invite.role,
    invitedAt: instantOf(invite.createdAt),
    expiresAt: instantOf(invite.expiresAt),
    status: inviteStatus(invite, invites.atMs),
  }))
  const sorted = items.toSorted(
    (left, right) => order(right.invitedAt ?? '', left.invitedAt ?? '') || order(left.id, right.id),
  )
  return { items: sorted, nextCursor: null, total: items.length, asOf: asOfAnswer({ published: invites }, nowMs) }
}

/** “Ages count from `asOf.to`”: of the reading of the keys. */
function keyAnswer(key: ModelKey, published: ModelPublished, { atMs, window }: ModelReading) {
  const person = published.people.find(({ id }) => id === key.owner?.id)
  const status = person === undefined ? 'not_listed' : statusOf(person)
  const owner = key.owner && {
    kind: key.owner.kind,
    id: key.owner.id,
    email: key.owner.email ?? person?.email ?? null,
    name: key.owner.name ?? person?.name ?? null,
    status: status === 'banned' ? 'disabled' : status,
  }
  const isExpired = key.expiresAt !== null && key.expiresAt * 1000 <= atMs
  const works = !isExpired && key.hasAccess
  const createdOn = key.createdAt === null ? '9999' : dayAt(key.createdAt * 1000)
  const lastUsedOn = key.lastUsedAt === null ? null : dayAt(key.lastUsedAt * 1000)
  const isNew = key.createdAt !== null && createdOn >= window.to
  const isGone = owner?.status === 'not_listed' ? !isNew : owner?.status !== 'active'
  const isLeaver = !isExpired && owner?.kind === 'user' && isGone
  const isUsedSince = person?.removedAt != null && lastUsedOn !== null && lastUsedOn > person.removedAt.slice(0, 10)
  const isUnused = key.saysUse && (lastUsedOn === null || lastUsedOn < window.from)
  const bySeverity = [
    { leaver_key: isLeaver && isUsedSince },
    {
      leaver_key: isLeaver && !isUsedSince && key.hasAccess,
      ownerless_key: works && owner === null,
      stale_key: works && isUnused && createdOn < dayAfter(window.to, -30),
    },
    {
      leaver_key: isLeaver && !isUsedSince && !key.hasAccess,
      eternal_key: works && key.expiresAt === null && createdOn < dayAfter(window.to, -365),
    },
  ]
  const found = bySeverity.map((findings) =>
    Object.entries(findings).flatMap(([finding, isFound]) => (isFound ? [finding] : [])),
  )
  const rank = found.findIndex((findings) => findings.length > 0)
  const unexpired = key.hasAccess ? 'active' : 'inactive'
  const item = {
    id: key.id,
    kind: key.kind,
    name: key.name,
    // Organizations in tests mask by asterisks or dots.
    hint: /[*.]/.test(key.redacted) ? key.redacted.slice(-4) : null,
    project: key.project,
    owner,
    createdAt: instantOf(key.createdAt),
    lastUsedOn,
    expiresAt: instantOf(key.expiresAt),
    status: isExpired ? 'expired' : unexpired,
    cost: costOfKey(published, key.id),
    findings: found.flat(),
  }
  return { item, rank: rank === -1 ? found.length : rank }
}

function byName(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  return new Intl.Collator('en').compare(one, other)
}

function instantOf(unixSeconds: number | null): string | null {
  return unixSeconds === null ? null : new Date(unixSeconds * 1000).toISOString()
}
