import type { WireUser } from '../../../shared/contracts/data-contract.ts'
import { dayOf, daysBetween } from '../../../shared/domain/day.ts'
import { formatDay, formatDaysAgo } from '../format/format-time.ts'
import { useNow } from '../format/use-now.ts'
import { Hint } from './hint.tsx'
import classes from './last-active.module.css'

/**
 * When somebody was last active, and what showed it where it was not their requests: they may have none. The UTC day on hover: today
 * and yesterday may not be the reader's own.
 */
export function LastActive({ user }: { user: WireUser }) {
  const now = useNow()
  if (user.lastActiveOn === null) return <span className={classes.none}>No activity known</span>
  return (
    <span>
      <Hint text={`${formatDay(user.lastActiveOn)} (UTC)`} isTabStop={false}>
        {formatDaysAgo(user.lastActiveOn, now)}
        {daysBetween(user.lastActiveOn, dayOf(now)) < 2 && ', UTC'}
      </Hint>
      {user.lastActivitySource === 'api_key' && <small className={classes.source}>API key used</small>}
    </span>
  )
}
