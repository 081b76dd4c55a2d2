import type { WirePerson } from '../../../../shared/contracts/people-contract.ts'
import { SortHead } from '../../components/sort-head.tsx'
import { useListLayout, VirtualTable } from '../../components/virtual-table.tsx'
import { formatCount } from '../../format/format-number.ts'
import classes from './people-table.module.css'
import type { PeopleSort } from './people-view.ts'
import { PersonRow } from './person-row.tsx'

/** Row heights of the style sheet's layouts: one line of columns, two lines, and a card on a phone. */
const HEIGHTS = { wide: 53, narrow: 76, phone: 156 }
/** On a phone, organizations and departments have lines of their own. */
const ORGANIZATIONS_HEIGHT = { wide: 0, narrow: 0, phone: 40 }
const DEPARTMENT_HEIGHT = { wide: 0, narrow: 0, phone: 24 }

type Field = Exclude<PeopleSort, `-${string}`>

/** People as a table, or as cards on a phone. */
export function PeopleTable({
  people,
  total,
  sort,
  windowDays,
  areSeveral,
  hasRoster,
  onSort,
  onEnd,
}: {
  /** The loaded people, out of `total`. */
  people: readonly WirePerson[] | undefined
  total: number
  sort: PeopleSort
  windowDays: number | undefined
  /** False with one organization, which no row need name. */
  areSeveral: boolean
  /** Whether departments are known. */
  hasRoster: boolean
  onSort: (sort: PeopleSort) => void
  onEnd: () => void
}) {
  const layout = useListLayout()
  const head = (field: Field, label: string, first: 'up' | 'down' = 'up') => (
    <SortHead
      field={field}
      sort={sort}
      first={first}
      isEnd={field === 'requests'}
      onSort={layout === 'phone' ? undefined : onSort}
    >
      {label}
    </SortHead>
  )
  return (
    <VirtualTable
      label="People"
      className={classes.table}
      data-organizations={areSeveral}
      data-roster={hasRoster}
      items={people}
      total={total}
      height={
        HEIGHTS[layout] + (areSeveral ? ORGANIZATIONS_HEIGHT[layout] : 0) + (hasRoster ? DEPARTMENT_HEIGHT[layout] : 0)
      }
      head={
        <>
          {head('name', 'Person')}
          {hasRoster && <span role="columnheader">Department</span>}
          {areSeveral && head('organizations', 'Organizations', 'down')}
          <span role="columnheader">Seat</span>
          <span role="columnheader">
            {windowDays === undefined ? 'Use' : `Use in ${formatCount(windowDays, 'day')}`}
          </span>
          {head('lastActiveOn', 'Last activity', 'down')}
          {head('requests', 'Requests', 'down')}
          <span role="columnheader" className={classes.end}>
            Cost
          </span>
        </>
      }
      rowOf={(person) => <PersonRow person={person} areSeveral={areSeveral} hasRoster={hasRoster} />}
      onEnd={onEnd}
    />
  )
}
