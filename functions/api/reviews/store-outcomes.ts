import { outcomeAfterKeeping } from '../../../shared/reviews/next-outcome.ts'
import type { Outcome } from '../../../shared/reviews/outcome.ts'
import type { Decision, Review } from '../../../shared/reviews/review.ts'
import type { ReviewItem } from '../../../shared/reviews/review-item.ts'
import type { ApiDependencies } from '../api-dependencies.ts'

/**
 * Stores that the removals of a review are to be carried out, for syncs to find out whether they were, and withdraws those of earlier reviews
 * that this one does not repeat. The integrations are read after that: what is deleted later is found by its purge, and what was deleted
 * before is not known to any sync. Can be repeated.
 */
export async function storeOutcomes(
  { outcomes, integrations }: Pick<ApiDependencies, 'outcomes' | 'integrations'>,
  review: Review,
  items: readonly ReviewItem[],
  decisions: ReadonlyMap<string, Decision>,
): Promise<void> {
  const isRemoved = ({ id }: ReviewItem) => decisions.get(id)?.value === 'remove'
  const kept = new Set(items.filter((item) => !isRemoved(item)).map(({ id }) => id))
  await outcomes.putPending(items.filter((item) => isRemoved(item)).map((item) => pendingOutcome(review, item)))
  const [stored, scheduled] = await Promise.all([outcomes.listOutcomes(), integrations.listScheduled()])
  const visible = new Set(scheduled.filter(({ lifecycle }) => lifecycle === 'visible').map(({ id }) => id))
  await outcomes.updateOutcomes(stored, (outcome) => {
    if (outcome.reviewId !== review.id) {
      return kept.has(outcome.itemId) ? outcomeAfterKeeping(outcome, closedAt(review)) : undefined
    }
    return visible.has(outcome.integrationId) || outcome.state !== 'pending'
      ? undefined
      : { ...outcome, state: 'unknown' }
  })
}

function pendingOutcome(review: Review, item: ReviewItem): Outcome {
  const projectId = item.kind === 'key' ? (item.evidence.project?.id ?? null) : null
  return {
    reviewId: review.id,
    reviewName: review.name,
    integrationId: item.integrationId,
    itemId: item.id,
    subject: { kind: item.kind, id: item.subject.id, label: item.subject.label, projectId },
    decidedAt: closedAt(review),
    state: 'pending',
    found: null,
  }
}

function closedAt({ closed, createdAt }: Review): string {
  return closed?.at ?? createdAt
}
