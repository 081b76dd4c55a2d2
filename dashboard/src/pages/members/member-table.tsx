import { Skeleton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState, type MouseEvent } from 'react'
import type { WireUser } from '../../../../shared/contracts/data-contract.ts'
import type { Day } from '../../../../shared/domain/day.ts'
import { countDays } from '../../format/day-spans.ts'
import { MemberRow } from './member-row.tsx'
import classes from './member-table.module.css'
import type { MembersSort, MembersView } from './members-view.ts'
import { TableHead } from './table-head.tsx'

/** Row heights of the style sheet's layouts: one line of columns, two lines, and a card on a phone. */
const HEIGHTS = { wide: 53, narrow: 76, phone: 172 }
/** A phone's card has one more line for the cost. */
const COST_LINE_HEIGHT = 24
/** The next page is requested this many rows before the end. */
const AHEAD = 15

/**
 * The members as a table, or as cards on a phone. Only visible rows are rendered, so ten thousand rows cost no more
 * than twenty.
 */
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
  const body = useRef<HTMLDivElement>(null)
  const [scrollMargin, setScrollMargin] = useState(0)
  useLayoutEffect(() => {
    if (body.current !== null) setScrollMargin(body.current.getBoundingClientRect().top + scrollY)
  }, [])
  const layout = useLayout()
  // Costs of people are known for all of them, or for nobody.
  const showsCost = mayHaveCosts && (users?.some(({ cost }) => cost !== null) ?? true)
  const height = HEIGHTS[layout] + (showsCost && layout === 'phone' ? COST_LINE_HEIGHT : 0)
  const virtualizer = useWindowVirtualizer({
    count: users?.length ?? 0,
    estimateSize: () => height,
    overscan: 6,
    scrollMargin,
  })
  useEffect(() => virtualizer.measure(), [virtualizer, height])
  const rows = virtualizer.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0
  const isNearEnd = users !== undefined && last >= users.length - AHEAD
  useEffect(() => {
    if (isNearEnd) onEnd()
  }, [isNearEnd, onEnd])
  const showsRemoval = view.accountStatus === 'removed'
  return (
    <div className={classes.table} role="table" aria-label="Members" aria-rowcount={total + 1} data-cost={showsCost}>
      <TableHead
        sort={view.sort ?? 'name'}
        windowDays={countDays(window)}
        showsRemoval={showsRemoval}
        showsCost={showsCost}
        onSort={layout === 'phone' ? undefined : onSort}
      />
      <div
        ref={body}
        role="rowgroup"
        className={classes.body}
        style={{ height: users === undefined ? 600 : virtualizer.getTotalSize() }}
      >
        {users === undefined && <Skeleton height={600} radius={0} />}
        {rows.map(({ index, start }) => {
          const user = users?.[index]
          if (user === undefined) return null
          return (
            <div
              key={user.id}
              role="row"
              aria-rowindex={index + 2}
              className={classes.row}
              style={{ height, transform: `translateY(${start - scrollMargin}px)` }}
              onClick={followsItsLink}
            >
              <MemberRow
                user={user}
                integrationId={integrationId}
                from={window?.from}
                showsRemoval={showsRemoval}
                showsCost={showsCost}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}

function useLayout(): keyof typeof HEIGHTS {
  const isNarrow = useMediaQuery('(max-width: 1199px)', undefined, { getInitialValueInEffect: false })
  const isPhone = useMediaQuery('(max-width: 760px)', undefined, { getInitialValueInEffect: false })
  return isPhone ? 'phone' : isNarrow ? 'narrow' : 'wide'
}

/** Clicking a row follows the link on its name, with the same modifier keys. It does nothing when text was selected. */
function followsItsLink({ target, currentTarget, ...keys }: MouseEvent<HTMLElement>): void {
  if (target instanceof Element && target.closest('a') !== null) return
  if (getSelection()?.isCollapsed === false) return
  const { ctrlKey, metaKey, shiftKey } = keys
  const press = new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey })
  currentTarget.querySelector('a')?.dispatchEvent(press)
}
