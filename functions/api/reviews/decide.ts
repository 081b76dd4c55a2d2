import type { DecisionsRequest } from '../../../shared/contracts/review-items-contract.ts'
import type { WireReview } from '../../../shared/contracts/reviews-contract.ts'
import { ownAccessTest } from '../../../shared/reviews/own-access.ts'
import type { Decision } from '../../../shared/reviews/review.ts'
import type { ReviewItem } from '../../../shared/reviews/review-item.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { ApiError, ValidationError } from '../http/api-errors.ts'
import type { Principal } from '../http/caller.ts'
import { wireReview } from './read-reviews.ts'
import type { ReviewCache } from './review-cache.ts'
import { requireReviewer } from './reviewer.ts'
import { getVisibleReview, requireOpen } from './visible-review.ts'

/**
 * Decides on items, all or none of which are accepted. The decision is stored, and counts once the review was seen open after that: completion
 * closes the review first, and then refuses what does not count yet. So each decision that was acknowledged is in the copy that is signed,
 * and no other. Throws `NotFoundError`, `ForbiddenError` without an address, `ValidationError` for unknown items, and `ApiError` with
 * `own_access` or `review_completed`.
 */
export async function decide(
  deps: ApiDependencies,
  cache: ReviewCache,
  reviewId: string,
  { itemIds, decision: value, note = null, by }: DecisionsRequest & { readonly by: Principal },
): Promise<{ review: WireReview; decision: Omit<Decision, 'itemId'> }> {
  const reviewer = requireReviewer(by)
  const review = await getVisibleReview(deps, reviewId)
  requireOpen(review)
  requireDecidable(await cache.items(review), itemIds, reviewer.email)
  const decision = { value, note, by: reviewer, at: deps.now().toISOString() }
  const id = deps.newId()
  await deps.reviewDecisions.storeCall(reviewId, { id, itemIds: [...new Set(itemIds)], ...decision })
  const after = await getVisibleReview(deps, reviewId)
  requireOpen(after)
  if (!(await deps.reviewDecisions.confirmCall(reviewId, id))) {
    requireOpen(await getVisibleReview(deps, reviewId))
    throw new Error(`A decision on the open review ${reviewId} was refused.`)
  }
  return { review: await wireReview(deps, after), decision }
}

function requireDecidable(items: readonly ReviewItem[], itemIds: readonly string[], email: string): void {
  const byId = new Map(items.map((item) => [item.id, item]))
  const unknown = itemIds.flatMap((id, place) =>
    byId.has(id) ? [] : [{ field: `itemIds.${place}`, message: 'is no item of this review' }],
  )
  if (unknown.length > 0) throw new ValidationError(unknown)
  const isOwn = ownAccessTest(email)
  const own = itemIds.flatMap((id, place) => {
    const item = byId.get(id)
    return item !== undefined && isOwn(item) ? [{ field: `itemIds.${place}`, message: 'is your own access' }] : []
  })
  if (own.length === 0) return
  throw new ApiError('own_access', 'Nobody decides on their own access: ask another reviewer to decide on it.', own)
}
