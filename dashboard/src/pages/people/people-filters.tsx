import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { useProviders } from '../../api/provider-queries.ts'
import { filterOf } from '../../components/address-view.ts'
import { PhoneOnly, SearchBar } from '../../components/filter-bar.tsx'
import { FilterSelect } from '../../components/filter-select.tsx'
import { OUTSIDE_LABELS, OWNER_LABELS } from '../../components/member-labels.ts'
import { AccountSelect, IdleSelect, SeatSelect, SORT_LABELS, UseSelect } from '../../components/member-selects.tsx'
import { nameOfPeopleView, readPeopleView, type PeopleView } from './people-view.ts'

const BY_ORGANIZATIONS = { '-organizations': 'Most organizations' }

/** The fewest organizations that can be asked for. */
const SEVERAL = 2
const AT_MOST_OFFERED = 5

/** Search, filters and order of people. Changing one keeps the others. Only an address selects the owners. */
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
  const filter = filterOf(view, readPeopleView, onChange)
  const areSeveral = integrations.length > 1
  return (
    <SearchBar search={view.q} placeholder="Search name or email" onSearch={filter('q').onChange}>
      {nameOfPeopleView(view) === 'idle' && <IdleSelect windowDays={windowDays} {...filter('idleDays')} />}
      <OrganizationSelect view={view} integrations={integrations} onChange={onChange} />
      {(areSeveral || view.minOrganizations !== undefined) && (
        <FilterSelect
          label="Number of organizations"
          all="Any number"
          choices={Object.fromEntries(numbersUpTo(integrations.length).map((each) => [each, `In ${each} or more`]))}
          {...filter('minOrganizations')}
        />
      )}
      {view.owner !== undefined && (
        <FilterSelect label="Role" all="All roles" choices={OWNER_LABELS} {...filter('owner')} />
      )}
      <SeatSelect {...filter('seat')} />
      <UseSelect windowDays={windowDays} {...filter('license')} />
      <FilterSelect label="Address" all="Any address" choices={OUTSIDE_LABELS} {...filter('outside')} />
      <AccountSelect {...filter('accountStatus')} />
      <PhoneOnly>
        <FilterSelect
          label="Order"
          all="Name"
          choices={areSeveral ? { ...SORT_LABELS, ...BY_ORGANIZATIONS } : SORT_LABELS}
          {...filter('sort')}
        />
      </PhoneOnly>
    </SearchBar>
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
