import type { WireKey } from '../../../../shared/contracts/keys-contract.ts'
import type { WireProvider } from '../../../../shared/contracts/provider-contract.ts'
import { KEY_FINDING_TYPES, type KeysView } from '../../api/keys-view.ts'
import { partName, useProviderOf } from '../../api/provider-queries.ts'
import { filterOf } from '../../components/address-view.ts'
import { SearchBar } from '../../components/filter-bar.tsx'
import { FilterSelect } from '../../components/filter-select.tsx'
import { FINDING_WORDS, KEY_STATUS_LABELS, keyKindLabels } from '../../components/key-labels.ts'
import { readKeysView } from './keys-view.ts'

const FINDINGS = {
  any: 'With a finding',
  ...Object.fromEntries(KEY_FINDING_TYPES.map((type) => [type, FINDING_WORDS[type].label])),
}
/** The orders that are offered: narrow windows have no column heads. */
const SORT_LABELS = {
  name: 'Name',
  '-createdAt': 'Newest',
  createdAt: 'Oldest',
  lastUsedOn: 'Longest without use',
  '-lastUsedOn': 'Used last',
  expiresAt: 'Expires first',
  '-cost': 'Highest cost',
}

/** Search, filters and order of keys. Changing one keeps the others. */
export function KeyFilters({
  integrationId,
  view,
  keys,
  onChange,
}: {
  integrationId: string
  view: KeysView
  /** The keys that are shown. Their owner's name stands for an owner who is selected. */
  keys: readonly WireKey[] | undefined
  onChange: (view: KeysView) => void
}) {
  const provider = useProviderOf(integrationId)
  const filter = filterOf(view, readKeysView, onChange)
  return (
    <SearchBar
      search={view.q}
      placeholder={`Search key, ${partName(provider)} or owner`}
      onSearch={filter('q').onChange}
    >
      <FilterSelect label="Finding" all="Any key" choices={FINDINGS} {...filter('finding')} />
      <FilterSelect label="Status" all="Any status" choices={KEY_STATUS_LABELS} {...filter('status')} />
      <FilterSelect label="Kind" all="Any kind" choices={kindChoices(provider)} {...filter('kind')} />
      {view.ownerId !== undefined && (
        <FilterSelect
          label="Owner"
          all="Any owner"
          choices={{ [view.ownerId]: nameOfOwner(view.ownerId, keys) }}
          {...filter('ownerId')}
        />
      )}
      <FilterSelect label="Order" all="Findings first" choices={SORT_LABELS} {...filter('sort')} />
    </SearchBar>
  )
}

/** The kinds of keys that a provider can have: those that manage the organization, and those of its parts. */
function kindChoices(provider: WireProvider | undefined) {
  const kinds = Object.entries(keyKindLabels(provider))
  return Object.fromEntries(kinds.filter(([kind]) => kind === 'admin' || kind === partName(provider)))
}

function nameOfOwner(ownerId: string, keys: readonly WireKey[] | undefined): string {
  const owner = keys?.find((key) => key.owner?.id === ownerId)?.owner
  return owner?.name ?? owner?.email ?? ownerId
}
