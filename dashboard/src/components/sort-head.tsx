import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import classes from './sort-head.module.css'

/**
 * A column head that sorts by its field. A second click reverses the order. Without `onSort` it is a plain head, for
 * layouts in which heads only label the table for screen readers.
 */
export function SortHead<Field extends string>({
  field,
  sort,
  first = 'up',
  isEnd = false,
  onSort,
  children,
}: {
  field: Field
  /** The list's order: a field, with `-` before it for the reverse. */
  sort: string
  /** The direction of the first click. Default: up. */
  first?: 'up' | 'down'
  /** True for a column aligned to its end. Default: false. */
  isEnd?: boolean
  onSort: ((sort: Field | `-${Field}`) => void) | undefined
  children: ReactNode
}) {
  const [up, down] = [field, `-${field}`] as const
  const isActive = sort === up || sort === down
  const initial = first === 'up' ? up : down
  const next = sort === initial ? (initial === up ? down : up) : initial
  return (
    <span
      role="columnheader"
      className={isEnd ? classes.end : undefined}
      {...(isActive && ({ 'aria-sort': sort === up ? 'ascending' : 'descending' } as const))}
    >
      {onSort === undefined ? (
        children
      ) : (
        <button type="button" className={classes.sort} data-active={isActive} onClick={() => onSort(next)}>
          {children}
          {isActive && <Icon name={sort === up ? 'arrowUp' : 'arrowDown'} size={13} />}
        </button>
      )}
    </span>
  )
}
