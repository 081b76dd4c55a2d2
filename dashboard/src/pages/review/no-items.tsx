import { EmptyState } from '../../components/empty-state.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import type { ReviewItemsView } from '../../api/review-queries.ts'
import { isFilteredReviewItemsView } from './review-items-view.ts'

/** Says why the list of items is empty. */
export function NoItems({ view, onClear }: { view: ReviewItemsView; onClear: () => void }) {
  if (!isFilteredReviewItemsView(view)) {
    return (
      <EmptyState title="There is nothing to decide" icon="check">
        <p>When the review was created, nobody and nothing belonged to it.</p>
      </EmptyState>
    )
  }
  const isOnlyUndecided = view.decision === 'undecided' && Object.keys(view).length === 1
  return (
    <EmptyState
      title={isOnlyUndecided ? 'Everything is decided' : 'No item matches'}
      icon={isOnlyUndecided ? 'check' : 'search'}
    >
      <LinkButton onClick={onClear}>Show all items</LinkButton>
    </EmptyState>
  )
}
