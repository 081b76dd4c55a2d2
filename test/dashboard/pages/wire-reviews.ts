import type { WireReviewItem } from '../../../shared/contracts/review-items-contract.ts'
import type { WireReview } from '../../../shared/contracts/reviews-contract.ts'
import { AS_OF, ID, wireUser } from './wire.ts'
import { OTHER_ID } from './wire-company.ts'
import { wireKey } from './wire-lists.ts'

export const REVIEW_ID = '01K000000000000000000REVIE'
export const REVIEW_PATH = `/v1/reviews/${REVIEW_ID}`

export const ME = { subject: 'somebody', email: 'somebody@acme.example' }
export const OTHER_REVIEWER = { subject: 'bo', email: 'bo@acme.example' }

type MemberItem = Extract<WireReviewItem, { kind: 'member' }>
type KeyItem = Extract<WireReviewItem, { kind: 'key' }>

/** How far a review is: its counts of decisions are what was decided. */
export function progress(
  items: number,
  { keep = 0, remove = 0, exception = 0 }: Partial<WireReview['progress']['byDecision']> = {},
  outcomes: Partial<NonNullable<WireReview['progress']['outcomes']>> | null = null,
): WireReview['progress'] {
  return {
    items,
    decided: keep + remove + exception,
    byDecision: { keep, remove, exception },
    outcomes: outcomes && { pending: 0, done: 0, returned: 0, withdrawn: 0, unknown: 0, ...outcomes },
  }
}

/** An open review of everybody in two organizations. */
export function wireReview(overrides: Partial<WireReview> = {}): WireReview {
  return {
    id: REVIEW_ID,
    name: 'Access, fourth quarter',
    population: 'everyone',
    integrations: [
      { id: ID, name: 'Acme Europe', provider: 'openai' },
      { id: OTHER_ID, name: 'Acme Asia', provider: 'openai' },
    ],
    dueOn: '2099-12-31',
    state: 'open',
    incomplete: [],
    createdAt: '2026-11-24T12:00:00.000Z',
    createdBy: OTHER_REVIEWER,
    completedAt: null,
    completedBy: null,
    keptUntil: null,
    evidenceHash: 'ab'.repeat(32),
    decisionsHash: null,
    signature: null,
    progress: progress(3),
    ...overrides,
  }
}

/** A review that somebody else completed, with one removal done of two. */
export function completedReview(overrides: Partial<WireReview> = {}): WireReview {
  return wireReview({
    state: 'completed',
    completedAt: '2026-11-25T12:00:00.000Z',
    completedBy: OTHER_REVIEWER,
    keptUntil: '2027-12-30',
    decisionsHash: 'cd'.repeat(32),
    signature: { algorithm: 'ECDSA_SHA_256', keyId: 'signing-key-1', signed: '{}', value: 'MEUCIQDabcdefghi' },
    progress: progress(3, { keep: 1, remove: 2 }, { done: 1, pending: 1 }),
    ...overrides,
  })
}

/** A member to decide on. The id says whose. */
export function memberItem(
  name: string,
  overrides: Partial<Omit<MemberItem, 'evidence'>> & { evidence?: Partial<MemberItem['evidence']> } = {},
): MemberItem {
  const id = name.toLowerCase()
  const user = wireUser({ name, email: `${id}@acme.example`, cost: { amount: '12.5', currency: 'USD' } })
  const { email, role, accountStatus, seat, license, lastActiveOn, lastActivitySource, lastLoginOn } = user
  const { requests, cost, addedAt } = user
  const { evidence, ...others } = overrides
  return {
    id: `item-${id}`,
    kind: 'member',
    integrationId: ID,
    integrationName: 'Acme Europe',
    provider: 'openai',
    subject: { id: `user-${id}`, label: name },
    evidence: {
      email,
      name,
      role,
      accountStatus,
      seat,
      license,
      lastActiveOn,
      lastActivitySource,
      lastLoginOn,
      requests,
      cost,
      addedAt,
      keys: 2,
      department: 'Research',
      manager: 'Grace',
      change: 'unchanged',
      syncId: AS_OF.syncId,
      syncedAt: AS_OF.syncedAt,
      ...evidence,
    },
    decision: null,
    outcome: null,
    ...others,
  }
}

/** A key to decide on. */
export function keyItem(overrides: Partial<KeyItem> = {}): KeyItem {
  const { id, findings: _, ...facts } = wireKey()
  return {
    id: 'item-key',
    kind: 'key',
    integrationId: ID,
    integrationName: 'Acme Europe',
    provider: 'openai',
    subject: { id, label: 'Nightly job' },
    evidence: {
      ...facts,
      change: 'new',
      syncId: AS_OF.syncId,
      syncedAt: AS_OF.syncedAt,
    },
    decision: null,
    outcome: null,
    ...overrides,
  }
}

/** A saved decision. */
export function decided(
  value: NonNullable<WireReviewItem['decision']>['value'],
  overrides: Partial<NonNullable<WireReviewItem['decision']>> = {},
): NonNullable<WireReviewItem['decision']> {
  return { value, note: null, by: ME, at: '2026-11-24T13:00:00.000Z', ...overrides }
}

/** A page of items. */
export function wireItems(items: readonly WireReviewItem[], total = items.length, nextCursor: string | null = null) {
  return { items: [...items], nextCursor, total }
}
