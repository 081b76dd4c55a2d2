import type { ReviewItemsView } from '../../api/review-queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { LinkButton } from '../../components/link-button.tsx'

/** Says why no item matches the filters. A review has at least one item. */
export function NoItems({ view, onClear }: { view: ReviewItemsView; onClear: () => void }) {
  const isDecided = view.decision === 'undecided' && Object.keys(view).length === 1
  return (
    <EmptyState title={isDecided ? 'Everything is decided' : 'No item matches'} icon={isDecided ? 'check' : 'search'}>
      <LinkButton onClick={onClear}>Show all items</LinkButton>
    </EmptyState>
  )
}
