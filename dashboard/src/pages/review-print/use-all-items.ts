import { useQuery } from '@tanstack/react-query'
import type { WireReviewItem } from '../../../../shared/contracts/review-items-contract.ts'
import { reviewsOperations } from '../../../../shared/contracts/reviews-operations.ts'
import { useApi } from '../../api/api-context.ts'
import { reviewItemsKey } from '../../api/review-queries.ts'

const A_PAGE = '1000'

/** All items of a review, for a page that shows them all at once. */
export function useAllItems(reviewId: string) {
  const api = useApi()
  return useQuery({
    queryKey: [...reviewItemsKey(reviewId), 'all'],
    queryFn: async ({ signal }) => {
      const items: WireReviewItem[] = []
      let cursor: string | undefined
      do {
        const query = { limit: A_PAGE, cursor }
        const page = await api.call(reviewsOperations.listReviewItems, { params: { reviewId }, query, signal })
        items.push(...page.items)
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      return items
    },
    // What is being printed does not change meanwhile.
    staleTime: Infinity,
    gcTime: 0,
  })
}
