import type { WireInvite } from '../../../shared/contracts/invites-contract.ts'
import type { WireKey, WireKeyList } from '../../../shared/contracts/keys-contract.ts'
import type { WireUsage, WireUserUsage } from '../../../shared/contracts/usage-contract.ts'
import { WINDOW } from '../../builders.ts'
import { AS_OF } from './wire.ts'

/** An active key of an active member, without findings. No two dates are the same. */
export function wireKey(overrides: Partial<WireKey> = {}): WireKey {
  return {
    id: 'key-1',
    kind: 'project',
    name: 'Nightly job',
    hint: 'WXYZ',
    project: { id: 'proj-1', name: 'Search' },
    owner: { kind: 'user', id: 'user/ada', email: 'ada@acme.example', name: 'Ada Lovelace', status: 'active' },
    createdAt: '2026-05-06T12:00:00.000Z',
    lastUsedOn: '2026-11-23',
    expiresAt: '2027-01-02T12:00:00.000Z',
    status: 'active',
    cost: null,
    findings: [],
    ...overrides,
  }
}

/** A page of keys. */
export function wireKeys(items: readonly WireKey[], overrides: Partial<WireKeyList> = {}): WireKeyList {
  return { items: [...items], nextCursor: null, total: items.length, asOf: AS_OF, notRead: [], ...overrides }
}

/** A pending invitation. */
export function wireInvite(overrides: Partial<WireInvite> = {}): WireInvite {
  return {
    id: 'invite-1',
    email: 'ingo@acme.example',
    role: 'reader',
    invitedAt: '2026-11-21T12:00:00.000Z',
    expiresAt: '2026-11-28T12:00:00.000Z',
    status: 'pending',
    ...overrides,
  }
}

/** A page of invitations. */
export function wireInvites(items: readonly WireInvite[]) {
  return { items, nextCursor: null, total: items.length, asOf: AS_OF }
}

/** Requests of all kinds. */
export function wireUsageByKind(requests: Readonly<Record<string, number>>): WireUsage {
  const items = Object.entries(requests).map(([kind, count]) => ({ kind, requests: count }))
  const total = { requests: Object.values(requests).reduce((sum, count) => sum + count, 0) }
  return { asOf: AS_OF, from: WINDOW.from, to: WINDOW.to, groupBy: 'kind', items, nextCursor: null, total }
}

type OtherKinds = WireUserUsage['items'][number]['otherKinds']

/** A user's days with other kinds alone. */
export function wireOtherKinds(days: Readonly<Record<string, OtherKinds>>): WireUserUsage {
  const none = { requests: 0, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, models: [] }
  const items = Object.entries(days).map(([day, otherKinds]) => ({ day, ...none, otherKinds }))
  return { items, nextCursor: null, asOf: AS_OF }
}

/** The answer about a data set that was never read. */
export function notRead(): Response {
  const problem = {
    type: 'about:blank',
    title: 'Not read',
    status: 409,
    detail: 'Not read.',
    code: 'data_set_not_read',
  }
  return Response.json(problem, { status: 409 })
}
