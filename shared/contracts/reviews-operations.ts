import { noContent, ok, operation, reading } from './operation.ts'
import { evidenceQuery, reviewEvidenceSchema, signingKeySchema } from './review-evidence-contract.ts'
import { decidedSchema, decisionsRequest, reviewItemsQuery, reviewItemsSchema } from './review-items-contract.ts'
import { reviewListQuery, reviewListSchema, reviewParams, reviewRequest, reviewSchema } from './reviews-contract.ts'

const ofReview = { ...reading, params: reviewParams, problems: ['validation_failed', 'not_found'] } as const
const reviewing = { ...ofReview, method: 'POST', role: 'reviewer' } as const

/** The calls about access reviews. */
export const reviewsOperations = {
  createReview: operation({
    ...reading,
    operationId: 'createReview',
    method: 'POST',
    role: 'reviewer',
    path: '/v1/reviews',
    summary: 'Creates a review: freezes its population with the evidence of each item',
    audit: 'create_review',
    body: reviewRequest,
    answer: { status: 201, description: 'Created', schema: reviewSchema },
    problems: ['validation_failed', 'not_found', 'data_incomplete'],
  }),
  listReviews: operation({
    ...reading,
    operationId: 'listReviews',
    path: '/v1/reviews',
    summary: 'Lists the reviews, the newest first',
    query: reviewListQuery,
    answer: ok('A page of reviews', reviewListSchema),
  }),
  getReview: operation({
    ...ofReview,
    operationId: 'getReview',
    path: '/v1/reviews/{reviewId}',
    summary: 'Shows one review and its progress',
    answer: ok('The review', reviewSchema),
  }),
  deleteReview: operation({
    ...reviewing,
    operationId: 'deleteReview',
    method: 'DELETE',
    path: '/v1/reviews/{reviewId}',
    summary: 'Deletes an open review; repeating it is harmless',
    audit: 'delete_review',
    answer: { status: 204, description: 'Gone', schema: noContent },
    problems: ['validation_failed', 'not_found', 'review_completed'],
  }),
  listReviewItems: operation({
    ...ofReview,
    operationId: 'listReviewItems',
    path: '/v1/reviews/{reviewId}/items',
    summary: 'Lists the items of a review with evidence, decision and outcome',
    query: reviewItemsQuery,
    answer: ok('A page of items', reviewItemsSchema),
  }),
  decide: operation({
    ...reviewing,
    operationId: 'decide',
    path: '/v1/reviews/{reviewId}/decisions',
    summary: 'Decides on up to 1,000 items; the last decision on an item stands',
    audit: 'decide',
    body: decisionsRequest,
    answer: ok('The review after it', decidedSchema),
    problems: ['validation_failed', 'not_found', 'own_access', 'review_completed'],
  }),
  completeReview: operation({
    ...reviewing,
    operationId: 'completeReview',
    path: '/v1/reviews/{reviewId}/completion',
    summary: 'Ends a review in which every item is decided, and signs its evidence and decisions',
    audit: 'complete_review',
    answer: ok('The completed review', reviewSchema),
    problems: ['validation_failed', 'not_found', 'review_incomplete', 'review_completed'],
  }),
  getReviewEvidence: operation({
    ...ofReview,
    operationId: 'getReviewEvidence',
    path: '/v1/reviews/{reviewId}/evidence',
    summary: 'The whole review with hashes and signature, for an auditor',
    audit: 'export',
    csv: true,
    query: evidenceQuery,
    answer: ok('The evidence', reviewEvidenceSchema),
    problems: ['validation_failed', 'not_found', 'response_too_large'],
  }),
  getSigningKey: operation({
    ...reading,
    operationId: 'getSigningKey',
    path: '/v1/signing-key',
    summary: 'The public key with which the signature of a review can be verified',
    answer: ok('The public key', signingKeySchema),
  }),
} as const
