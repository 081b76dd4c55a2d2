import { dayOf } from '../../../shared/domain/day.ts'
import { keptUntil, type Review } from '../../../shared/reviews/review.ts'
import { ABANDONED_AFTER_MS } from '../integrations/integration-names.ts'
import { type CompleteDependencies, finishCompletion } from './complete-review.ts'
import { deleteContent, markDeleting } from './delete-review.ts'
import { ReviewCache } from './review-cache.ts'

export type ReviewCleanUpDependencies = CompleteDependencies

/**
 * Completes reviews whose completion was interrupted, and deletes reviews: those whose creation was interrupted, those that have been kept long
 * enough, and what is left of deleted ones. A failure with one review does not stop the others. All failures are thrown at the end, as an
 * `AggregateError`.
 */
export async function cleanUpReviews(deps: ReviewCleanUpDependencies): Promise<void> {
  const failures: unknown[] = []
  for (const review of await deps.reviews.listReviews()) {
    try {
      await cleanUpReview(deps, review)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `Reviews that were not cleaned up: ${failures.length}.`)
}

async function cleanUpReview(deps: ReviewCleanUpDependencies, review: Review): Promise<void> {
  const now = deps.now()
  if (review.lifecycle === 'completing') await finishCompletion(deps, new ReviewCache(deps), review.id)
  if (isOver(review, now, deps.keepReviewsDays)) await startDeletion(deps, review, now)
  if (review.lifecycle !== 'deleting') return
  await deleteContent(deps, review.id)
  // A call that began before the deletion can write until it has timed out, so the item goes last.
  if (isAbandoned(review.deletingSince, now)) await deps.reviews.removeReview(review.id)
}

/** True for a review that was never completely created, or has been kept long enough. */
function isOver(review: Review, now: Date, keepDays: number): boolean {
  if (review.lifecycle === 'creating') return isAbandoned(review.createdAt, now)
  const until = keptUntil(review, keepDays)
  return until !== null && until <= dayOf(now)
}

async function startDeletion(deps: ReviewCleanUpDependencies, { id, lifecycle }: Review, now: Date): Promise<void> {
  const review = await deps.reviews.updateReview(id, (current) =>
    current.lifecycle === lifecycle ? markDeleting(current, now) : undefined,
  )
  if (review?.lifecycle === 'deleting') await deleteContent(deps, id)
}

function isAbandoned(since: string | null, now: Date): boolean {
  return since !== null && now.getTime() - Date.parse(since) > ABANDONED_AFTER_MS
}
