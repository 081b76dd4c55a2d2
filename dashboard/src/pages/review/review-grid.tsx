import { Skeleton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react'
import type { WireReviewItem } from '../../../../shared/contracts/review-items-contract.ts'
import { useVirtualRows } from '../../components/use-virtual-rows.ts'
import { useListLayout } from '../../components/virtual-table.tsx'
import { useNow } from '../../format/use-now.ts'
import type { QueueState } from './decision-queue.ts'
import classes from './review-grid.module.css'
import { ReviewRow } from './review-row.tsx'
import { shownDecisionOf } from './shown-decision.ts'
import type { Cursor } from './use-cursor.ts'
import type { Selection } from './use-selection.ts'

/** Row heights of the style sheet's layouts. */
const HEIGHTS = { wide: 62, narrow: 62, phone: 92 }
/** In narrow windows the evidence covers this share of the window's height. */
const PANEL_SHARE = 0.47
/** Elsewhere, this many pixels stay below the current item: the next ones are in sight. */
const CONTEXT = 124

/** The items of a review. One is current: it has the focus, and its evidence is shown. Only rows in sight are rendered. */
export function ReviewGrid({
  items,
  total,
  state,
  cursor,
  selection,
  showsOrganization,
  onEnd,
}: {
  /** The loaded items, out of `total`. Undefined while the first ones load. */
  items: readonly WireReviewItem[] | undefined
  total: number
  state: QueueState
  cursor: Cursor
  /** Undefined for those who may not decide. */
  selection: Selection | undefined
  showsOrganization: boolean
  onEnd: () => void
}) {
  const now = useNow()
  const height = HEIGHTS[useListLayout()]
  const isCovered = useMediaQuery('(max-width: 1023px)', undefined, { getInitialValueInEffect: false })
  const { body, virtualizer, rows, scrollMargin } = useVirtualRows({
    count: items?.length,
    height,
    kept: cursor.index,
    covered: isCovered ? PANEL_SHARE * window.innerHeight : CONTEXT,
    onEnd,
  })
  const grid = useRef<HTMLDivElement>(null)
  const focusHandlers = useFocusOnCurrent(grid, cursor, (index) => virtualizer.scrollToIndex(index, { align: 'auto' }))
  return (
    <div
      ref={grid}
      className={classes.grid}
      role="grid"
      aria-label="Items"
      aria-rowcount={total}
      {...(selection !== undefined && { 'aria-multiselectable': true })}
      {...focusHandlers}
    >
      <div
        ref={body}
        role="rowgroup"
        className={classes.body}
        style={{ height: items === undefined ? 600 : virtualizer.getTotalSize() }}
      >
        {items === undefined && <Skeleton height={600} radius={0} />}
        {rows.map(({ index, start }) => {
          const item = items?.[index]
          if (item === undefined) return null
          const isSelected = selection?.ids.has(item.id) === true
          return (
            <div
              key={item.id}
              role="row"
              aria-rowindex={index + 1}
              {...(selection !== undefined && { 'aria-selected': isSelected })}
              className={classes.row}
              tabIndex={index === cursor.index ? 0 : -1}
              data-active={index === cursor.index}
              data-selects={selection !== undefined}
              style={{ height, transform: `translateY(${start - scrollMargin}px)` }}
              onClick={() => cursor.moveTo(index)}
            >
              <ReviewRow
                item={item}
                shown={shownDecisionOf(item, state)}
                now={now}
                showsOrganization={showsOrganization}
                selection={selection && { isSelected, toggle: () => selection.toggle(item.id) }}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}

/**
 * Brings the current item into sight when another one becomes it, and keeps the focus on it: also when the row that had
 * the focus is gone from the list.
 */
function useFocusOnCurrent(
  grid: RefObject<HTMLElement | null>,
  { index, moves, wantsFocus }: Cursor,
  bringIntoSight: (index: number) => void,
) {
  const hasFocus = useRef(false)
  const bring = useRef(bringIntoSight)
  const focusCurrent = useCallback(
    () => grid.current?.querySelector<HTMLElement>('[data-active=true]')?.focus({ preventScroll: true }),
    [grid],
  )
  useLayoutEffect(() => {
    bring.current = bringIntoSight
    // A removed element loses the focus without an event.
    if (hasFocus.current && document.activeElement === document.body) focusCurrent()
  })
  useLayoutEffect(() => {
    if (moves === 0) return
    bring.current(index)
    if (hasFocus.current || wantsFocus.current) focusCurrent()
    wantsFocus.current = false
    // `moves` counts what asked for it: the same item can be asked for again.
  }, [moves, index, wantsFocus, focusCurrent])
  const setFocus = (isFocused: boolean) => () => {
    hasFocus.current = isFocused
  }
  return { onFocus: setFocus(true), onBlur: setFocus(false) }
}
