import { Skeleton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { MouseEvent, ReactNode } from 'react'
import { useVirtualRows } from './use-virtual-rows.ts'
import classes from './virtual-table.module.css'

/** The style sheets' layouts of a list: one line of columns, two lines, and cards on a phone. */
export type ListLayout = 'wide' | 'narrow' | 'phone'

/**
 * A long list as a table, or as cards on a phone. Only visible rows are rendered, so ten thousand rows cost no more than
 * twenty. A row leads where its first link does. Its columns are those of the caller's class, for head and rows alike.
 */
export function VirtualTable<Item extends { readonly id: string }>({
  label,
  className,
  items,
  total,
  height,
  head,
  rowOf,
  onEnd,
  ...data
}: {
  label: string
  className: string | undefined
  /** The loaded items, out of `total`. Undefined while the first ones load. */
  items: readonly Item[] | undefined
  total: number
  /** The height of a row in pixels. */
  height: number
  /** The row of column heads. */
  head: ReactNode
  /** The cells of an item. */
  rowOf: (item: Item) => ReactNode
  onEnd: () => void
  /** What decides about its columns. */
  [data: `data-${string}`]: boolean
}) {
  const { body, virtualizer, rows, scrollMargin } = useVirtualRows({ count: items?.length, height, onEnd })
  return (
    <div
      className={`${classes.table} ${className ?? ''}`}
      role="table"
      aria-label={label}
      aria-rowcount={total + 1}
      {...data}
    >
      <div role="rowgroup" className={classes.headGroup}>
        <div role="row" className={classes.head} aria-rowindex={1}>
          {head}
        </div>
      </div>
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
          return (
            <div
              key={item.id}
              role="row"
              aria-rowindex={index + 2}
              className={classes.row}
              style={{ height, transform: `translateY(${start - scrollMargin}px)` }}
              onClick={followsItsLink}
            >
              {rowOf(item)}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** The layout of the window's width. */
export function useListLayout(): ListLayout {
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
