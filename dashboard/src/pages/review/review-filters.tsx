import type { WireReview } from '../../../../shared/contracts/reviews-contract.ts'
import type { ReviewItemsView } from '../../api/review-queries.ts'
import { filterOf } from '../../components/address-view.ts'
import { SearchBar } from '../../components/filter-bar.tsx'
import { FilterSelect } from '../../components/filter-select.tsx'
import { CHANGE_WORDS, DECISION_WORDS, labelsOf, OUTCOME_WORDS } from '../../components/review-words.ts'
import { readReviewItemsView } from './review-items-view.ts'

const DECISIONS = { undecided: 'Undecided', ...labelsOf(DECISION_WORDS) }
const CHANGES = labelsOf(CHANGE_WORDS)
const OUTCOMES = labelsOf(OUTCOME_WORDS)

/** Search and filters of a review's items. Changing one keeps the others. */
export function ReviewFilters({
  review,
  view,
  onChange,
}: {
  review: WireReview
  view: ReviewItemsView
  onChange: (view: ReviewItemsView) => void
}) {
  const { integrations, state } = review
  const filter = filterOf(view, readReviewItemsView, onChange)
  return (
    <SearchBar search={view.q} placeholder="Search name or email" onSearch={filter('q').onChange}>
      <FilterSelect label="Decision" all="Any decision" choices={DECISIONS} {...filter('decision')} />
      {(state === 'completed' || view.outcome !== undefined) && (
        <FilterSelect label="Removal" all="Any removal" choices={OUTCOMES} {...filter('outcome')} />
      )}
      <FilterSelect label="Since the last review" all="Any change" choices={CHANGES} {...filter('change')} />
      {(integrations.length > 1 || view.integrationId !== undefined) && (
        <FilterSelect
          label="Organization"
          all="All organizations"
          choices={Object.fromEntries(integrations.map(({ id, name }) => [id, name]))}
          {...filter('integrationId')}
        />
      )}
    </SearchBar>
  )
}
