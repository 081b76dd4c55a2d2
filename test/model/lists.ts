import { type ModelDataSetResult, readResult } from './data-sets.ts'
import type { Model, ModelPublished } from './model.ts'
import type { ModelInvite, ModelOrganization } from './organization.ts'
import { dayAt } from './rules.ts'

/* Keys, invitations and logins: optional lists. Without trouble, a sync that reads them reads them whole. */

/** What a sync says of them, in the provider's order. */
export function listResults(
  found: ModelOrganization,
  before: ModelPublished | null,
  after: ModelPublished,
): ModelDataSetResult[] {
  return (['keys', 'invites'] as const).flatMap((id) => {
    const [read, now] = [found[id], after[id]]
    return read === undefined || now === null
      ? []
      : [readResult(id, read.length, { before: before?.[id] ?? undefined, after: now })]
  })
}

export function pendingInvites({ published }: Model): number | null {
  if (published === null || published.invites === null) return null
  return published.invites.filter((invite) => inviteStatus(invite, published.atMs) === 'pending').length
}

/** The last use of somebody's keys. Admin keys are no evidence: Rollcall's own is one of them. */
export function keyUsesOf(published: ModelPublished, ownerId: string): { on: string; source: string }[] {
  return (published.keys ?? []).flatMap(({ owner, project, lastUsedAt }) =>
    owner?.id === ownerId && project !== null && lastUsedAt !== null
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
