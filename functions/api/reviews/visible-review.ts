import { isVisible, type Review, type VisibleReview } from '../../../shared/reviews/review.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { ApiError, NotFoundError } from '../http/api-errors.ts'
import { isStorableId } from '../integrations/visible-integration.ts'

/** Returns a review. Throws `NotFoundError` if it does not exist, or is being created or deleted. */
export async function getVisibleReview(deps: Pick<ApiDependencies, 'reviews'>, id: string): Promise<VisibleReview> {
  return requireVisible(isStorableId(id) ? await deps.reviews.findReview(id) : undefined)
}

/** Throws `NotFoundError`. */
export function requireVisible(review: Review | undefined): VisibleReview {
  if (review === undefined || !isVisible(review)) throw new NotFoundError('review')
  return review
}

/** Throws `ApiError` with `review_completed` for a review that takes no more decisions. */
export function requireOpen({ lifecycle }: VisibleReview): void {
  if (lifecycle !== 'open') {
    throw new ApiError('review_completed', 'The review is completed: it does not change any more.')
  }
}
