import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import type * as z from 'zod'
import type { reviewRequest, WireReview } from '../../../shared/contracts/reviews-contract.ts'
import { reviewsOperations } from '../../../shared/contracts/reviews-operations.ts'
import { useApi } from './api-context.ts'
import { REVIEW_LISTS_KEY, reviewItemsKey, reviewKey } from './review-queries.ts'

/** Creates a review. */
export function useCreateReview() {
  const api = useApi()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof reviewRequest>) => api.call(reviewsOperations.createReview, { body }),
    onSuccess: (review) => rememberReview(client, review),
  })
}

/** Completes a review. A completion that was interrupted is finished by calling it again. */
export function useCompleteReview(reviewId: string) {
  const api = useApi()
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.call(reviewsOperations.completeReview, { params: { reviewId } }),
    onSuccess: (review) => rememberReview(client, review),
    // Completed by somebody else, or an item is undecided again. Its removals have outcomes now.
    onSettled: () => {
      void client.invalidateQueries({ queryKey: reviewKey(reviewId) })
      void client.invalidateQueries({ queryKey: reviewItemsKey(reviewId) })
    },
  })
}

/** Deletes an open review with its decisions. */
export function useDeleteReview(reviewId: string) {
  const api = useApi()
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.call(reviewsOperations.deleteReview, { params: { reviewId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: REVIEW_LISTS_KEY }),
  })
}

/** Shows a review as just answered. Lists are requested again when they are shown. */
export function rememberReview(client: QueryClient, review: WireReview): void {
  client.setQueryData(reviewKey(review.id), review)
  void client.invalidateQueries({ queryKey: REVIEW_LISTS_KEY })
}
