import type { ReviewPopulation } from '../../../shared/domain/review.ts'
import { type PreviousItems, previousItems } from '../../../shared/reviews/change.ts'
import type { Review } from '../../../shared/reviews/review.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import type { ReviewCache } from './review-cache.ts'

/** By integration, the items of the last completed review of a population in which it was. Integrations that were in none are missing. */
export async function readPreviousItems(
  deps: Pick<ApiDependencies, 'reviews' | 'outcomes'>,
  cache: ReviewCache,
  population: ReviewPopulation,
  integrationIds: readonly string[],
): Promise<ReadonlyMap<string, PreviousItems>> {
  const reviews = await deps.reviews.listReviews()
  const lastOf = lastReviews(reviews.filter((review) => review.population === population))
  const wanted = integrationIds.flatMap((id) => {
    const review = lastOf.get(id)
    return review === undefined ? [] : [{ id, review }]
  })
  if (wanted.length === 0) return new Map()
  const outcomes = Map.groupBy(await deps.outcomes.listOutcomes(), ({ reviewId }) => reviewId)
  const found = new Map<string, PreviousItems>()
  for (const [review, ofReview] of Map.groupBy(wanted, (each) => each.review)) {
    const items = Map.groupBy(await cache.items(review), ({ integrationId }) => integrationId)
    const decisions = await cache.decisions(review)
    const byItem = new Map((outcomes.get(review.id) ?? []).map((outcome) => [outcome.itemId, outcome]))
    for (const { id } of ofReview) found.set(id, previousItems(items.get(id) ?? [], decisions, byItem))
  }
  return found
}

/** By integration, the review that was completed last. */
function lastReviews(reviews: readonly Review[]): ReadonlyMap<string, Review> {
  const completed = reviews
    .filter(({ lifecycle }) => lifecycle === 'completed')
    .toSorted((left, right) => ((left.closed?.at ?? '') < (right.closed?.at ?? '') ? -1 : 1))
  return new Map(completed.flatMap((review) => review.integrations.map(({ id }) => [id, review] as const)))
}
