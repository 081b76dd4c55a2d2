import { changedView } from '../../components/address-view.ts'
import { FilterBar, PhoneOnly } from '../../components/filter-bar.tsx'
import { FilterSelect } from '../../components/filter-select.tsx'
import { noUseIn, USE_LABELS, usedIn } from '../../components/member-labels.ts'
import { idleSpans, USUAL_WINDOW_DAYS } from '../../format/day-spans.ts'
import { nameOfView, readMembersView, type MembersView } from './members-view.ts'
import { RoleSelect } from './role-select.tsx'

const SEATS = { member: 'Member seats', guest: 'Guest seats' }
const STATUSES = { disabled: 'Disabled', banned: 'Banned', removed: 'Removed', any: 'Any account' }
const KINDS = { service_account: 'Service accounts', any: 'Any kind' }
/** The orders offered on a phone, which has no column heads. */
const SORT_LABELS: Readonly<Record<string, string>> = {
  lastActiveOn: 'Longest without use',
  '-lastActiveOn': 'Last activity',
  '-requests': 'Most requests',
  requests: 'Fewest requests',
  '-addedAt': 'Newest',
  addedAt: 'Oldest',
  '-removedAt': 'Removed last',
}

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
  const set = (name: keyof MembersView) => (value: string | undefined) =>
    onChange(readMembersView(changedView(view, name, value)))
  return (
    <FilterBar search={view.q} placeholder="Search name or email" onSearch={set('q')}>
      {nameOfView(view) === 'idle' && (
        <FilterSelect
          label="No use in"
          value={view.idleDays}
          choices={Object.fromEntries(
            idleSpans(windowDays ?? USUAL_WINDOW_DAYS).map((days) => [String(days), noUseIn(days)]),
          )}
          onChange={set('idleDays')}
        />
      )}
      <RoleSelect integrationId={integrationId} view={view} onChange={onChange} />
      <FilterSelect label="Seat" all="All seats" value={view.seat} choices={SEATS} onChange={set('seat')} />
      <FilterSelect
        label="Use"
        all="Any use"
        value={view.license}
        choices={{ in_use: usedIn(windowDays), unused: noUseIn(windowDays), no_data: USE_LABELS.no_data }}
        onChange={set('license')}
      />
      <FilterSelect
        label="Account"
        all="Active accounts"
        value={view.accountStatus}
        choices={STATUSES}
        onChange={set('accountStatus')}
      />
      <FilterSelect label="Kind" all="People" value={view.kind} choices={KINDS} onChange={set('kind')} />
      <PhoneOnly>
        <FilterSelect
          label="Order"
          all="Name"
          value={view.sort}
          choices={mayHaveCosts ? { ...SORT_LABELS, ...COST_SORT_LABELS } : SORT_LABELS}
          onChange={set('sort')}
        />
      </PhoneOnly>
    </FilterBar>
  )
}
