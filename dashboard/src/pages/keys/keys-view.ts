import { keyListQuery } from '../../../../shared/contracts/keys-contract.ts'
import type { KeysView } from '../../api/keys-view.ts'
import { withoutUndefined } from '../../components/address-view.ts'

const FIELDS = keyListQuery.shape

/** The view in an address. Values that the API would reject are left out. */
export function readKeysView(search: URLSearchParams): KeysView {
  const text = (name: keyof typeof FIELDS) => search.get(name) ?? undefined
  const { q, kind, status, ownerId, finding, sort } = FIELDS
  return withoutUndefined({
    q: q.safeParse(text('q')).data,
    kind: kind.safeParse(text('kind')).data,
    status: status.safeParse(text('status')).data,
    ownerId: ownerId.safeParse(text('ownerId')).data,
    finding: finding.safeParse(text('finding')).data,
    sort: search.has('sort') ? sort.safeParse(text('sort')).data : undefined,
  })
}

/** True when a filter narrows the list. */
export function isFilteredKeysView({ sort: _sort, ...filters }: KeysView): boolean {
  return Object.values(filters).some((value) => value !== undefined)
}
