import { reviewEvidenceSchema, type WireReviewEvidence } from '../../shared/contracts/review-evidence-contract.ts'
import { reviewItemsSchema, type WireReviewItem } from '../../shared/contracts/review-items-contract.ts'
import { reviewSchema, type WireReview } from '../../shared/contracts/reviews-contract.ts'
import type { Sent } from './api-event.ts'
import { REVIEWER } from './api-event.ts'
import { type ApiBench, type ApiBenchOptions, startApiBench } from './api-bench.ts'
import type { Answer } from './call.ts'

/** An api bench with one connected organization, and the calls of a reviewer. */
export async function startReviewsBench(options: ApiBenchOptions = {}, prepare: (bench: ApiBench) => void = () => {}) {
  const bench = await startApiBench(options)
  prepare(bench)
  const id = await bench.connected()
  return { ...bench, id, ...reviewCalls(bench.request) }
}

export type ReviewsBench = Awaited<ReturnType<typeof startReviewsBench>>

/** The calls of a reviewer, or of somebody with other claims. */
export function reviewCalls(request: (method: string, target: string, sent?: Sent) => Promise<Answer>) {
  const send = (method: string, target: string, json?: unknown, claims: Sent['claims'] = REVIEWER) =>
    request(method, target, { json, claims })
  const create = (overrides: Record<string, unknown> = {}, claims?: Sent['claims']) =>
    send('POST', '/reviews', { name: 'Quarter', population: 'everyone', ...overrides }, claims)
  const items = async (reviewId: string, query = ''): Promise<WireReviewItem[]> =>
    reviewItemsSchema.parse((await send('GET', `/reviews/${reviewId}/items${query}`)).body).items
  const decide = (reviewId: string, decision: string, itemIds: readonly string[], claims?: Sent['claims']) =>
    send('POST', `/reviews/${reviewId}/decisions`, { itemIds, decision, note: 'Because.' }, claims)
  const complete = (reviewId: string, claims?: Sent['claims']) =>
    send('POST', `/reviews/${reviewId}/completion`, undefined, claims)
  /** A new review. Throws if it was not created. */
  const created = async (overrides: Record<string, unknown> = {}): Promise<WireReview> =>
    reviewSchema.parse((await create(overrides)).body)
  /** Decides `remove` on these subjects and `keep` on the others, and completes the review. */
  const completed = async (reviewId: string, removed: readonly string[] = []): Promise<WireReview> => {
    const all = await items(reviewId, '?limit=1000')
    const ids = (isRemoved: boolean) =>
      all.filter(({ subject }) => removed.includes(subject.id) === isRemoved).map((item) => item.id)
    if (removed.length > 0) await decide(reviewId, 'remove', ids(true))
    if (removed.length < all.length) await decide(reviewId, 'keep', ids(false))
    return reviewSchema.parse((await complete(reviewId)).body)
  }
  return {
    send,
    create,
    items,
    decide,
    complete,
    created,
    completed,
    completedNew: async (removed?: readonly string[]) => completed((await created()).id, removed),
    review: async (reviewId: string): Promise<WireReview> =>
      reviewSchema.parse((await send('GET', `/reviews/${reviewId}`)).body),
    evidence: async (reviewId: string): Promise<WireReviewEvidence> =>
      reviewEvidenceSchema.parse((await send('GET', `/reviews/${reviewId}/evidence`)).body),
  }
}
