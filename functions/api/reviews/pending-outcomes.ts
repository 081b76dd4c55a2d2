import type { Outcome } from '../../../shared/reviews/outcome.ts'
import type { Decision, Review } from '../../../shared/reviews/review.ts'
import type { ReviewItem } from '../../../shared/reviews/review-item.ts'
import type { ApiDependencies } from '../api-dependencies.ts'

/**
 * Stores that the removals of a review are to be carried out, for syncs to find out whether they were. The integrations are read after
 * that: what is deleted later is found by its purge, and what was deleted before is not known to any sync.
 */
export async function storePendingOutcomes(
  { outcomes, integrations }: Pick<ApiDependencies, 'outcomes' | 'integrations'>,
  review: Review,
  items: readonly ReviewItem[],
  decisions: ReadonlyMap<string, Decision>,
): Promise<void> {
  const removals = items.filter(({ id }) => decisions.get(id)?.value === 'remove')
  if (removals.length === 0) return
  await outcomes.putPending(removals.map((item) => pendingOutcome(review, item)))
  const visible = (await integrations.listScheduled()).filter(({ lifecycle }) => lifecycle === 'visible')
  const ids = new Set(visible.map(({ id }) => id))
  const orphans = (await outcomes.listOutcomes()).filter(
    ({ reviewId, integrationId }) => reviewId === review.id && !ids.has(integrationId),
  )
  await outcomes.updateOutcomes(orphans, (outcome) =>
    outcome.state === 'pending' ? { ...outcome, state: 'unknown' } : undefined,
  )
}

function pendingOutcome({ id, name, closed, createdAt }: Review, item: ReviewItem): Outcome {
  const projectId = item.kind === 'key' ? (item.evidence.project?.id ?? null) : null
  return {
    reviewId: id,
    reviewName: name,
    integrationId: item.integrationId,
    itemId: item.id,
    subject: { kind: item.kind, id: item.subject.id, label: item.subject.label, projectId },
    decidedAt: closed?.at ?? createdAt,
    state: 'pending',
    found: null,
  }
}
