import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { useProviders } from '../../api/provider-queries.ts'
import { changedView } from '../../components/address-view.ts'
import { FilterBar, PhoneOnly } from '../../components/filter-bar.tsx'
import { FilterSelect } from '../../components/filter-select.tsx'
import { noUseIn, OUTSIDE_LABELS, USE_LABELS, usedIn } from '../../components/member-labels.ts'
import { idleSpans, USUAL_WINDOW_DAYS } from '../../format/day-spans.ts'
import { nameOfPeopleView, readPeopleView, type PeopleView } from './people-view.ts'

const SEATS = { member: 'Member seats', guest: 'Guest seats' }
const STATUSES = { disabled: 'Disabled', banned: 'Banned', removed: 'Removed', any: 'Any account' }
/** The orders offered on a phone, which has no column heads. */
const SORT_LABELS = {
  lastActiveOn: 'Longest without use',
  '-lastActiveOn': 'Last activity',
  '-requests': 'Most requests',
  requests: 'Fewest requests',
}
const BY_ORGANIZATIONS = { '-organizations': 'Most organizations' }

/** The fewest organizations that can be asked for. */
const SEVERAL = 2
const AT_MOST_OFFERED = 5

/** Search, filters and order of people. Changing one keeps the others. */
export function PeopleFilters({
  view,
  integrations,
  windowDays,
  onChange,
}: {
  view: PeopleView
  integrations: readonly WireIntegration[]
  windowDays: number | undefined
  onChange: (view: PeopleView) => void
}) {
  const set = (name: keyof PeopleView) => (value: string | undefined) =>
    onChange(readPeopleView(changedView(view, name, value)))
  const areSeveral = integrations.length > 1
  return (
    <FilterBar search={view.q} placeholder="Search name or email" onSearch={set('q')}>
      {nameOfPeopleView(view) === 'idle' && (
        <FilterSelect
          label="No use in"
          value={view.idleDays}
          choices={Object.fromEntries(
            idleSpans(windowDays ?? USUAL_WINDOW_DAYS).map((days) => [String(days), noUseIn(days)]),
          )}
          onChange={set('idleDays')}
        />
      )}
      <OrganizationSelect view={view} integrations={integrations} onChange={onChange} />
      {(areSeveral || view.minOrganizations !== undefined) && (
        <FilterSelect
          label="Number of organizations"
          all="Any number"
          value={view.minOrganizations}
          choices={Object.fromEntries(numbersUpTo(integrations.length).map((each) => [each, `In ${each} or more`]))}
          onChange={set('minOrganizations')}
        />
      )}
      <FilterSelect label="Seat" all="All seats" value={view.seat} choices={SEATS} onChange={set('seat')} />
      <FilterSelect
        label="Use"
        all="Any use"
        value={view.license}
        choices={{ in_use: usedIn(windowDays), unused: noUseIn(windowDays), no_data: USE_LABELS.no_data }}
        onChange={set('license')}
      />
      <FilterSelect
        label="Address"
        all="Any address"
        value={view.outside}
        choices={OUTSIDE_LABELS}
        onChange={set('outside')}
      />
      <FilterSelect
        label="Account"
        all="Active accounts"
        value={view.accountStatus}
        choices={STATUSES}
        onChange={set('accountStatus')}
      />
      <PhoneOnly>
        <FilterSelect
          label="Order"
          all="Name"
          value={view.sort}
          choices={areSeveral ? { ...SORT_LABELS, ...BY_ORGANIZATIONS } : SORT_LABELS}
          onChange={set('sort')}
        />
      </PhoneOnly>
    </FilterBar>
  )
}

/** Selects one organization, or all of a provider. Nothing when there is only one. */
function OrganizationSelect({
  view,
  integrations,
  onChange,
}: {
  view: PeopleView
  integrations: readonly WireIntegration[]
  onChange: (view: PeopleView) => void
}) {
  const providers = useProviders().data ?? []
  const { provider, integrationId, ...others } = view
  if (integrations.length < 2 && provider === undefined && integrationId === undefined) return null
  const used = providers.filter(({ id }) => integrations.some((each) => each.provider === id))
  const choices = {
    ...(used.length > 1 && Object.fromEntries(used.map(({ id, name }) => [`${ALL_AT}${id}`, `All at ${name}`]))),
    ...Object.fromEntries(integrations.map(({ id, name }) => [id, name])),
  }
  const set = (choice: string | undefined) => {
    if (choice === undefined) onChange(others)
    else if (choice.startsWith(ALL_AT)) onChange({ ...others, provider: choice.slice(ALL_AT.length) })
    else onChange({ ...others, integrationId: choice })
  }
  return (
    <FilterSelect
      label="Organization"
      all="All organizations"
      value={integrationId ?? (provider && `${ALL_AT}${provider}`)}
      choices={choices}
      onChange={set}
    />
  )
}

/** Marks the choices of a provider. No integration's id has it. */
const ALL_AT = 'provider:'

function numbersUpTo(organizations: number): string[] {
  const most = Math.max(SEVERAL, Math.min(organizations, AT_MOST_OFFERED))
  return Array.from({ length: most - SEVERAL + 1 }, (_, place) => String(SEVERAL + place))
}
