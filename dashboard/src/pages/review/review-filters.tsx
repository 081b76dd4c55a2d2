import type { WireReview } from '../../../../shared/contracts/reviews-contract.ts'
import type { ReviewItemsView } from '../../api/review-queries.ts'
import { changedView } from '../../components/address-view.ts'
import { FilterBar } from '../../components/filter-bar.tsx'
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
  const set = (name: keyof ReviewItemsView) => (value: string | undefined) =>
    onChange(readReviewItemsView(changedView(view, name, value)))
  return (
    <FilterBar search={view.q} placeholder="Search name or email" onSearch={set('q')}>
      <FilterSelect
        label="Decision"
        all="Any decision"
        value={view.decision}
        choices={DECISIONS}
        onChange={set('decision')}
      />
      {(state === 'completed' || view.outcome !== undefined) && (
        <FilterSelect
          label="Removal"
          all="Any removal"
          value={view.outcome}
          choices={OUTCOMES}
          onChange={set('outcome')}
        />
      )}
      <FilterSelect
        label="Since the last review"
        all="Any change"
        value={view.change}
        choices={CHANGES}
        onChange={set('change')}
      />
      {(integrations.length > 1 || view.integrationId !== undefined) && (
        <FilterSelect
          label="Organization"
          all="All organizations"
          value={view.integrationId}
          choices={Object.fromEntries(integrations.map(({ id, name }) => [id, name]))}
          onChange={set('integrationId')}
        />
      )}
    </FilterBar>
  )
}
