import type { WireUser } from '../../../shared/contracts/data-contract.ts'
import { dayOf, daysBetween } from '../../../shared/domain/day.ts'
import { formatDay, formatDaysAgo } from '../format/format-time.ts'
import { useNow } from '../format/use-now.ts'
import { Hint } from './hint.tsx'
import classes from './last-active.module.css'

/** When somebody was last active; the UTC day and what showed it, on hover. Today and yesterday may not be the reader's own. */
export function LastActive({ user }: { user: WireUser }) {
  const now = useNow()
  if (user.lastActiveOn === null) return <span className={classes.never}>No activity known</span>
  const source = user.lastActivitySource === 'api_key' ? 'one of their API keys was used' : 'requests'
  return (
    <Hint text={`${formatDay(user.lastActiveOn)} (UTC): ${source}`} isTabStop={false}>
      {formatDaysAgo(user.lastActiveOn, now)}
      {daysBetween(user.lastActiveOn, dayOf(now)) < 2 && ', UTC'}
    </Hint>
  )
}
