import { type ModelDataSetResult, notReadResult, readResult } from './data-sets.ts'
import type { Model, ModelPublished, ModelReading } from './model.ts'
import type { ModelFailure, ModelInvite, ModelOrganization } from './organization.ts'
import { dayAt } from './rules.ts'

/* Keys, invitations and logins: optional lists. */

/** The last reading of a list. */
export type ModelList<Item> = ModelReading & { readonly items: readonly Item[] }

/** What is published of a list after a sync. One that fails keeps its last reading. */
export function listAfter<Item>(
  found: readonly Item[] | ModelFailure | undefined,
  before: ModelList<Item> | null | undefined,
  reading: ModelReading,
): ModelList<Item> | null {
  if (found === undefined) return null
  return 'failure' in found ? (before ?? null) : { ...reading, items: found }
}

/** Who accepted is a member, and a deleted invitation is none. */
export function openInvites(found: ModelOrganization['invites']): ModelOrganization['invites'] {
  if (found === undefined || 'failure' in found) return found
  return found.filter(({ status }) => ['pending', 'expired'].includes(status))
}

/** What a sync says of them, in the provider's order. */
export function listResults(
  found: ModelOrganization,
  before: ModelPublished | null,
  after: ModelPublished,
): ModelDataSetResult[] {
  return (['keys', 'invites'] as const).flatMap((id) => {
    const [read, now] = [found[id], after[id]]
    if (read === undefined) return []
    if ('failure' in read) return [notReadResult(id, read.failure)]
    return [readResult(id, read.length, { before: before?.[id]?.items, after: now?.items ?? [] })]
  })
}

export function pendingInvites({ published }: Model): number | null {
  const invites = published?.invites ?? null
  return invites && invites.items.filter((invite) => inviteStatus(invite, invites.atMs) === 'pending').length
}

/** The last use of somebody's keys. Admin keys are no evidence: Rollcall's own is one of them. */
export function keyUsesOf(published: ModelPublished, ownerId: string): { on: string; source: string }[] {
  return (published.keys?.items ?? []).flatMap(({ owner, kind, lastUsedAt }) =>
    owner?.id === ownerId && kind !== 'admin' && lastUsedAt !== null
      ? [{ on: dayAt(lastUsedAt * 1000), source: 'api_key' }]
      : [],
  )
}

/** “Last login of each member”, in the window. Null where sign-ins are not read. */
export function lastLoginOf({ logins, window }: ModelPublished, userId: string): string | null {
  const days = (logins ?? []).filter((login) => login.userId === userId).map(({ at }) => dayAt(at * 1000))
  return (
    days
      .filter((day) => window.from <= day && day <= window.to)
      .toSorted()
      .at(-1) ?? null
  )
}

/** A pending invitation past its expiry is expired. */
export function inviteStatus({ status, expiresAt }: ModelInvite, atMs: number): string {
  return expiresAt !== null && expiresAt * 1000 <= atMs ? 'expired' : status
}
