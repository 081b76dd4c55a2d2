import type { Review } from '../../../shared/reviews/review.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { NotFoundError } from '../http/api-errors.ts'
import { isStorableId } from '../integrations/visible-integration.ts'
import { requireOpen, requireVisible } from './visible-review.ts'

type DeleteDependencies = Pick<ApiDependencies, 'reviews' | 'reviewParts' | 'reviewDecisions' | 'outcomes' | 'now'>

/**
 * Deletes an open review. No answer shows it from the first write on. Its item stays for the clean-up, which deletes what calls that were
 * running have written meanwhile. Repeating it is harmless. Throws `NotFoundError`, and `ApiError` with `review_completed`.
 */
export async function deleteReview(deps: DeleteDependencies, id: string): Promise<void> {
  const now = deps.now()
  const review = isStorableId(id)
    ? await deps.reviews.updateReview(id, (current) => {
        if (current.lifecycle === 'deleting') return undefined
        requireOpen(requireVisible(current))
        return markDeleting(current, now)
      })
    : undefined
  if (review === undefined) throw new NotFoundError('review')
  await deleteContent(deps, id)
}

/** From then on no answer shows it, and it never changes again. */
export function markDeleting(review: Review, now: Date): Review {
  return { ...review, lifecycle: 'deleting', deletingSince: now.toISOString() }
}

/** Deletes all of a review but its item. Can be repeated. */
export async function deleteContent(
  { reviewParts, reviewDecisions, outcomes }: DeleteDependencies,
  id: string,
): Promise<void> {
  await outcomes.deleteOutcomesOf(id)
  await reviewDecisions.deleteDecisions(id)
  await reviewParts.deleteParts(id)
}
