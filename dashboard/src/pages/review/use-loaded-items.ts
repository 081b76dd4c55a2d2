import { useCallback, useMemo } from 'react'
import type { WireReviewItem } from '../../../../shared/contracts/review-items-contract.ts'
import { useReviewItems, type ReviewItemsView } from '../../api/review-queries.ts'

/** The items of a view that are loaded, and how to load more. */
export function useLoadedItems(reviewId: string, view: ReviewItemsView) {
  const list = useReviewItems(reviewId, view)
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data])
  const [first] = list.data?.pages ?? []

  /** Loads further pages until the items are enough, or all are loaded, or a page fails. Gives the items then. */
  const loadUntil = async (isEnough: (items: readonly WireReviewItem[]) => boolean) => {
    let known: readonly WireReviewItem[] = items ?? []
    let result: Pick<typeof list, 'hasNextPage' | 'isFetchNextPageError' | 'fetchNextPage'> = list
    while (!isEnough(known) && result.hasNextPage && !result.isFetchNextPageError) {
      const next = await result.fetchNextPage({ cancelRefetch: false })
      known = next.data?.pages.flatMap((page) => page.items) ?? known
      result = next
    }
    return known
  }
  const { hasNextPage, isFetching, fetchNextPage } = list
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  return { list, items, total: first?.total ?? 0, viewShown: first?.view ?? view, loadUntil, onEnd }
}

export type LoadedItems = ReturnType<typeof useLoadedItems>
