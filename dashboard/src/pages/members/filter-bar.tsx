import { Button } from '@mantine/core'
import { useState } from 'react'
import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import classes from './filter-bar.module.css'
import { FilterSelect } from './filter-select.tsx'
import { nameOfView, readMembersView, writeMembersView, type MembersView } from './members-view.ts'
import { RoleSelect } from './role-select.tsx'
import { SearchField } from './search-field.tsx'
import { SORT_LABELS } from './sort-labels.ts'

const SEATS = { member: 'Member', guest: 'Guest' }
const LICENSES = { in_use: 'In use', unused: 'Unused', no_data: 'No data' }
const STATUSES = { disabled: 'Disabled', banned: 'Banned', removed: 'Removed', any: 'Any' }
const KINDS = { service_account: 'Service accounts', any: 'People and service accounts' }
const IDLE_DAYS = { 14: '14 days', 30: '30 days', 60: '60 days' }

/** Search and filters. Each keeps the others. */
export function FilterBar({
  integration,
  view,
  onChange,
}: {
  integration: WireIntegration
  view: MembersView
  onChange: (view: MembersView) => void
}) {
  const [isOpen, setIsOpen] = useState(false)
  const set = (name: keyof MembersView) => (value: string | undefined) => {
    const search = writeMembersView(view)
    if (value === undefined) search.delete(name)
    else search.set(name, value)
    onChange(readMembersView(search))
  }
  return (
    <div className={classes.bar} role="search" data-open={isOpen}>
      <SearchField value={view.q ?? ''} onChange={set('q')} />
      <Button
        className={classes.toggle ?? ''}
        variant="default"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        Filters and order
      </Button>
      {nameOfView(view) === 'idle' && (
        <FilterSelect label="Idle for" value={view.idleDays} choices={IDLE_DAYS} onChange={set('idleDays')} />
      )}
      <RoleSelect integration={integration} view={view} onChange={onChange} />
      <FilterSelect label="Seat" all="All seats" value={view.seat} choices={SEATS} onChange={set('seat')} />
      <FilterSelect
        label="Licence"
        all="All licences"
        value={view.license}
        choices={LICENSES}
        onChange={set('license')}
      />
      <FilterSelect
        label="Account"
        all="Active"
        value={view.accountStatus}
        choices={STATUSES}
        onChange={set('accountStatus')}
      />
      <FilterSelect label="Kind" all="People" value={view.kind} choices={KINDS} onChange={set('kind')} />
      <div className={classes.phoneOnly}>
        <FilterSelect label="Order" all="Name" value={view.sort} choices={SORT_LABELS} onChange={set('sort')} />
      </div>
    </div>
  )
}
