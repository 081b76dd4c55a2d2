import { filterOf } from '../../components/address-view.ts'
import { PhoneOnly, SearchBar } from '../../components/filter-bar.tsx'
import { FilterSelect } from '../../components/filter-select.tsx'
import { AccountSelect, IdleSelect, SeatSelect, SORT_LABELS, UseSelect } from '../../components/member-selects.tsx'
import { nameOfView, readMembersView, type MembersView } from './members-view.ts'
import { RoleSelect } from './role-select.tsx'

const KINDS = { service_account: 'Service accounts', any: 'Any kind' }
const MEMBER_SORT_LABELS = { ...SORT_LABELS, '-addedAt': 'Newest', addedAt: 'Oldest', '-removedAt': 'Removed last' }
const COST_SORT_LABELS = { '-cost': 'Highest cost', cost: 'Lowest cost' }

/** Search, filters and order of members. Changing one keeps the others. */
export function MemberFilters({
  integrationId,
  view,
  windowDays,
  mayHaveCosts,
  onChange,
}: {
  integrationId: string
  view: MembersView
  windowDays: number | undefined
  mayHaveCosts: boolean
  onChange: (view: MembersView) => void
}) {
  const filter = filterOf(view, readMembersView, onChange)
  return (
    <SearchBar search={view.q} placeholder="Search name or email" onSearch={filter('q').onChange}>
      {nameOfView(view) === 'idle' && <IdleSelect windowDays={windowDays} {...filter('idleDays')} />}
      <RoleSelect integrationId={integrationId} view={view} onChange={onChange} />
      <SeatSelect {...filter('seat')} />
      <UseSelect windowDays={windowDays} {...filter('license')} />
      <AccountSelect {...filter('accountStatus')} />
      <FilterSelect label="Kind" all="People" choices={KINDS} {...filter('kind')} />
      <PhoneOnly>
        <FilterSelect
          label="Order"
          all="Name"
          choices={mayHaveCosts ? { ...MEMBER_SORT_LABELS, ...COST_SORT_LABELS } : MEMBER_SORT_LABELS}
          {...filter('sort')}
        />
      </PhoneOnly>
    </SearchBar>
  )
}
