import type { QueueState } from './decision-queue.ts'
import { formatCount, formatNumber } from '../../format/format-number.ts'
import classes from './work-list.module.css'

/** How many items the view has, and how many decisions are not saved yet. */
export function ItemCount({
  total,
  all,
  isUpdating,
  state: { pending, isRetrying },
}: {
  /** Undefined while unknown. */
  total: number | undefined
  /** How many items the review has. */
  all: number
  isUpdating: boolean
  state: QueueState
}) {
  return (
    <p className={classes.count} role="status">
      {isUpdating && 'Updating…'}
      {!isUpdating && total !== undefined && countInWords(total, all)}
      {pending.size > 0 && ` · ${formatCount(pending.size, 'decision')} being saved…`}
      {isRetrying && ' No answer yet: trying again.'}
    </p>
  )
}

function countInWords(total: number, all: number): string {
  return total === all ? formatCount(all, 'item') : `${formatNumber(total)} of ${formatCount(all, 'item')}`
}
