import { reviewsOperations as operations } from '../../../shared/contracts/reviews-operations.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { type ApiRoute, route } from '../http/route.ts'
import type { PeopleIndex } from '../people/people-index.ts'
import { completeReview } from './complete-review.ts'
import { createReview } from './create-review.ts'
import { decide } from './decide.ts'
import { deleteReview } from './delete-review.ts'
import { exportEvidence, getEvidence, getSigningKey } from './read-evidence.ts'
import { getReview, listReviewItems, listReviews } from './read-reviews.ts'
import type { ReviewCache } from './review-cache.ts'

/** The calls about reviews. */
export function reviewsRoutes(deps: ApiDependencies, people: PeopleIndex, cache: ReviewCache): ApiRoute[] {
  return [
    route(deps, operations.createReview, ({ body, principal }) =>
      createReview(deps, { people, cache }, body, principal),
    ),
    route(deps, operations.listReviews, ({ query }) => listReviews(deps, query)),
    route(deps, operations.getReview, ({ params }) => getReview(deps, params.reviewId)),
    route(deps, operations.deleteReview, ({ params }) => deleteReview(deps, params.reviewId)),
    route(deps, operations.listReviewItems, ({ params, query }) =>
      listReviewItems(deps, cache, params.reviewId, query),
    ),
    route(deps, operations.decide, ({ params, body, principal }) =>
      decide(deps, cache, params.reviewId, { ...body, by: principal }),
    ),
    route(deps, operations.completeReview, ({ params, principal }) =>
      completeReview(deps, cache, params.reviewId, principal),
    ),
    route(
      deps,
      operations.getReviewEvidence,
      ({ params }) => getEvidence(deps, cache, params.reviewId),
      ({ params }) => exportEvidence(deps, cache, params.reviewId),
    ),
    route(deps, operations.getSigningKey, () => getSigningKey(deps)),
  ]
}
