import { useState } from 'react'
import { useSearchParams } from 'wouter'
import type { WireReview } from '../../../../shared/contracts/reviews-contract.ts'
import { useMayReview } from '../../api/me-query.ts'
import type { ReviewItemsView } from '../../api/review-queries.ts'
import { misreadParameters, writeView } from '../../components/address-view.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { MisreadNotice } from '../../components/misread-notice.tsx'
import { PendingOverlay } from '../../components/pending-overlay.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { KeyLegend } from './decision-controls.tsx'
import { ItemCount } from './item-count.tsx'
import { NoItems } from './no-items.tsx'
import { Refusals } from './refusals.tsx'
import { ReviewDesk, searchField } from './review-desk.tsx'
import { ReviewFilters } from './review-filters.tsx'
import { readReviewItemsView } from './review-items-view.ts'
import { useDecisionQueue } from './use-decision-queue.ts'
import { useLoadedItems } from './use-loaded-items.ts'
import { useSelection } from './use-selection.ts'
import classes from './work-list.module.css'

/** The items of a review with search and filters; for reviewers of an open one, everything to decide with. */
export function WorkList({ review }: { review: WireReview }) {
  const [search, setSearch] = useSearchParams()
  const view = readReviewItemsView(search)
  const mayDecide = useMayReview() && review.state === 'open'
  const { queue, state } = useDecisionQueue(review.id)
  const loaded = useLoadedItems(review.id, view)
  const { list, items, total, viewShown, loadUntil } = loaded
  const selection = useSelection(writeView(view).toString())
  const [isSelecting, setIsSelecting] = useState(false)
  const setView = (next: ReviewItemsView) =>
    setSearch(writeView(next), { replace: view.q !== undefined && next.q !== view.q })
  const clear = () => {
    setView({})
    searchField()?.focus()
  }
  const selectAll = async () => {
    setIsSelecting(true)
    const all = await loadUntil(() => false)
    setIsSelecting(false)
    selection.select(all.map(({ id }) => id))
  }
  return (
    <div>
      <ReviewFilters review={review} view={view} onChange={setView} />
      <MisreadNotice parameters={misreadParameters(search, view)} />
      <div className={classes.tools}>
        <ItemCount
          total={items && total}
          all={review.progress.items}
          isUpdating={list.isPlaceholderData}
          state={state}
        />
        {mayDecide && items?.length !== 0 && (
          <BulkBar
            selected={selection.ids.size}
            total={total}
            isLoading={isSelecting}
            onSelectAll={() => void selectAll()}
            onClear={selection.clear}
            onDecide={(decision) => {
              queue.decide([...selection.ids], decision)
              selection.clear()
            }}
          />
        )}
        {mayDecide && <KeyLegend />}
      </div>
      <Refusals
        queue={queue}
        refusals={state.refusals}
        labelOf={(itemId) => items?.find(({ id }) => id === itemId)?.subject.label ?? 'an item'}
      />
      {list.isError && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      <PendingOverlay busy={list.isPlaceholderData}>
        {items?.length === 0 ? (
          <NoItems view={viewShown} onClear={clear} />
        ) : (
          (items !== undefined || list.isPending) && (
            <ReviewDesk
              review={review}
              loaded={loaded}
              queue={queue}
              state={state}
              selection={mayDecide ? selection : undefined}
            />
          )
        )}
      </PendingOverlay>
    </div>
  )
}
