import { findingListQuery } from '../../../../shared/contracts/findings-contract.ts'
import type { FindingsView } from '../../api/findings-view.ts'
import { withoutUndefined } from '../../components/address-view.ts'

/** The view in an address. Values that the API would reject are left out. */
export function readFindingsView(search: URLSearchParams): FindingsView {
  const text = (name: string) => search.get(name) ?? undefined
  const { type, severity, state, integrationId } = findingListQuery.shape
  return withoutUndefined({
    type: type.safeParse(text('type')).data,
    severity: severity.safeParse(text('severity')).data,
    state: search.has('state') ? state.safeParse(text('state')).data : undefined,
    integrationId: integrationId.safeParse(text('integrationId')).data,
  })
}

/** True when a filter narrows the list of open findings. */
export function isFilteredFindingsView(view: FindingsView): boolean {
  return Object.values(view).some((value) => value !== undefined)
}
