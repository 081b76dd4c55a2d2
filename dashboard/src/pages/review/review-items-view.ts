import { reviewItemsQuery } from '../../../../shared/contracts/review-items-contract.ts'
import type { ReviewItemsView } from '../../api/review-queries.ts'
import { withoutUndefined } from '../../components/address-view.ts'

/** The filters in an address. Values that the API would reject are left out. */
export function readReviewItemsView(search: URLSearchParams): ReviewItemsView {
  const text = (name: string) => search.get(name) ?? undefined
  const { decision, outcome, change, integrationId, q } = reviewItemsQuery.shape
  return withoutUndefined({
    decision: decision.safeParse(text('decision')).data,
    outcome: outcome.safeParse(text('outcome')).data,
    change: change.safeParse(text('change')).data,
    integrationId: integrationId.safeParse(text('integrationId')).data,
    q: q.safeParse(text('q')).data,
  })
}
