import type { WireUser } from '../../../../shared/contracts/data-contract.ts'
import type { Day } from '../../../../shared/domain/day.ts'
import { useListLayout, VirtualTable } from '../../components/virtual-table.tsx'
import { countDays } from '../../format/day-spans.ts'
import { MemberRow } from './member-row.tsx'
import classes from './member-table.module.css'
import type { MembersSort, MembersView } from './members-view.ts'
import { TableHead } from './table-head.tsx'

/** Row heights of the style sheet's layouts: one line of columns, two lines, and a card on a phone. */
const HEIGHTS = { wide: 53, narrow: 76, phone: 172 }
/** A phone's card has one more line for the cost. */
const COST_LINE_HEIGHT = 24

/** The members as a table, or as cards on a phone. */
export function MemberTable({
  users,
  total,
  integrationId,
  view,
  window,
  mayHaveCosts,
  onSort,
  onEnd,
}: {
  /** The loaded members, out of `total`. */
  users: readonly WireUser[] | undefined
  total: number
  integrationId: string
  view: MembersView
  /** The days that were read. Undefined while unknown. */
  window: { readonly from: Day; readonly to: Day } | undefined
  /** Whether costs were read, so that there may be a column of them. */
  mayHaveCosts: boolean
  onSort: (sort: MembersSort) => void
  onEnd: () => void
}) {
  const layout = useListLayout()
  // Costs of people are known for all of them, or for nobody.
  const showsCost = mayHaveCosts && (users?.some(({ cost }) => cost !== null) ?? true)
  const showsRemoval = view.accountStatus === 'removed'
  return (
    <VirtualTable
      label="Members"
      className={classes.table}
      data-cost={showsCost}
      items={users}
      total={total}
      height={HEIGHTS[layout] + (showsCost && layout === 'phone' ? COST_LINE_HEIGHT : 0)}
      head={
        <TableHead
          sort={view.sort ?? 'name'}
          windowDays={countDays(window)}
          showsRemoval={showsRemoval}
          showsCost={showsCost}
          onSort={layout === 'phone' ? undefined : onSort}
        />
      }
      rowOf={(user) => (
        <MemberRow
          user={user}
          integrationId={integrationId}
          from={window?.from}
          showsRemoval={showsRemoval}
          showsCost={showsCost}
        />
      )}
      onEnd={onEnd}
    />
  )
}
