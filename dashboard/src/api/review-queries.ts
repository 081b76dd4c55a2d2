import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type * as z from 'zod'
import type { reviewItemsQuery } from '../../../shared/contracts/review-items-contract.ts'
import type { WireReview } from '../../../shared/contracts/reviews-contract.ts'
import { reviewsOperations } from '../../../shared/contracts/reviews-operations.ts'
import type { ReviewState } from '../../../shared/domain/review.ts'
import { useApi } from './api-context.ts'
import { firstPage } from './first-page.ts'

/** The common prefix of the keys of all queries about reviews. */
export const REVIEWS_KEY = ['reviews'] as const
/** The prefix of the keys of lists of reviews. */
export const REVIEW_LISTS_KEY = [...REVIEWS_KEY, 'list'] as const

const A_PAGE = '50'
/** The first page is small, so it shows at once; later pages are larger. */
const FIRST_ITEMS = '100'
const NEXT_ITEMS = '500'

/** How often a review is requested again: others decide on an open one, and syncs find removals of a completed one. */
const REFETCH_MS: Readonly<Record<ReviewState, number>> = { open: 20_000, completing: 2_000, completed: 60_000 }

/** Others decide on items that are shown. All loaded pages are requested again, so long lists less often. */
const ITEMS_REFETCH_MS = { short: 20_000, long: 120_000 }
const SHORT_LIST_PAGES = 3

/** The filters of a review's items, in the API's format. */
export type ReviewItemsView = Omit<z.input<typeof reviewItemsQuery>, 'limit' | 'cursor'>

export function reviewKey(reviewId: string) {
  return [...REVIEWS_KEY, 'one', reviewId] as const
}

export function reviewItemsKey(reviewId: string) {
  return [...REVIEWS_KEY, 'items', reviewId] as const
}

/** All reviews, the newest first, page by page. */
export function useReviews() {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: [...REVIEW_LISTS_KEY, 'pages'],
    queryFn: ({ pageParam, signal }) =>
      api.call(reviewsOperations.listReviews, { query: { limit: A_PAGE, cursor: pageParam }, signal }),
    initialPageParam: firstPage(),
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

/** The open ones of the newest reviews. Undefined while unknown. */
export function useOpenReviews(): WireReview[] | undefined {
  const api = useApi()
  const reviews = useQuery({
    queryKey: [...REVIEW_LISTS_KEY, 'newest'],
    queryFn: ({ signal }) => api.call(reviewsOperations.listReviews, { query: { limit: A_PAGE }, signal }),
    refetchInterval: REFETCH_MS.completed,
  })
  return reviews.data?.items.filter(({ state }) => state === 'open')
}

/** One review, requested again regularly. */
export function useReview(reviewId: string) {
  const api = useApi()
  return useQuery({
    queryKey: reviewKey(reviewId),
    queryFn: ({ signal }) => api.call(reviewsOperations.getReview, { params: { reviewId }, signal }),
    refetchInterval: ({ state }) => REFETCH_MS[state.data?.state ?? 'open'],
  })
}

/** The items of a view, page by page, requested again regularly. The previous list stays, with its own view, until the first page arrives. */
export function useReviewItems(reviewId: string, view: ReviewItemsView) {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: [...reviewItemsKey(reviewId), view],
    queryFn: async ({ pageParam, signal }) => {
      const limit = pageParam === undefined ? FIRST_ITEMS : NEXT_ITEMS
      const options = { params: { reviewId }, query: { ...view, limit, cursor: pageParam }, signal }
      return { ...(await api.call(reviewsOperations.listReviewItems, options)), view }
    },
    initialPageParam: firstPage(),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      (state.data?.pages.length ?? 0) > SHORT_LIST_PAGES ? ITEMS_REFETCH_MS.long : ITEMS_REFETCH_MS.short,
  })
}
