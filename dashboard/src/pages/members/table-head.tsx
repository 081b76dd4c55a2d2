import { SortHead } from '../../components/sort-head.tsx'
import { formatCount } from '../../format/format-number.ts'
import type { MembersSort } from './members-view.ts'

type Field = Exclude<MembersSort, `-${string}`>

/**
 * The column heads. Sortable ones are buttons, except in the card layout, where they are invisible and only label the
 * table for screen readers.
 */
export function TableHead({
  sort,
  windowDays,
  showsRemoval,
  showsCost,
  onSort,
}: {
  sort: MembersSort
  windowDays: number | undefined
  showsRemoval: boolean
  showsCost: boolean
  onSort: ((sort: MembersSort) => void) | undefined
}) {
  const head = (field: Field, label: string, first: 'up' | 'down' = 'up') => (
    <SortHead field={field} sort={sort} first={first} isEnd={field === 'requests' || field === 'cost'} onSort={onSort}>
      {label}
    </SortHead>
  )
  return (
    <>
      {head('name', 'Member')}
      {head('role', 'Role')}
      <span role="columnheader">Seat</span>
      <span role="columnheader">{windowDays === undefined ? 'Use' : `Use in ${formatCount(windowDays, 'day')}`}</span>
      {head('lastActiveOn', 'Last activity', 'down')}
      {head('requests', 'Requests', 'down')}
      {showsCost && head('cost', 'Cost', 'down')}
      <span role="columnheader">Active days</span>
      {showsRemoval ? head('removedAt', 'Removed (UTC)', 'down') : head('addedAt', 'Added (UTC)', 'down')}
    </>
  )
}
