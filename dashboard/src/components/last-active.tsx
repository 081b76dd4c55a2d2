import type { WireUser } from '../../../shared/contracts/data-contract.ts'
import { dayOf, daysBetween } from '../../../shared/domain/day.ts'
import { formatDay, formatDaysAgo } from '../format/format-time.ts'
import { useNow } from '../format/use-now.ts'
import { Hint } from './hint.tsx'
import classes from './last-active.module.css'

/** The sources that are named. Requests are the usual one. */
const SOURCE_LABELS: Readonly<Partial<Record<NonNullable<WireUser['lastActivitySource']>, string>>> = {
  other_usage: 'Images, audio or other use',
  api_key: 'API key used',
}

/**
 * When a person was last active, and the source of that date when it is not requests. Without any activity, when they
 * last signed in, as far as known. The tooltip has the UTC day, since today and yesterday can differ from the reader's.
 */
export function LastActive({ user }: { user: Pick<WireUser, 'lastActiveOn' | 'lastActivitySource' | 'lastLoginOn'> }) {
  const now = useNow()
  if (user.lastActiveOn === null) {
    return (
      <span className={classes.none}>
        {user.lastLoginOn === null ? 'No activity known' : 'No use known'}
        {user.lastLoginOn !== null && (
          <small className={classes.source}>Signed in {formatDaysAgo(user.lastLoginOn, now)}</small>
        )}
      </span>
    )
  }
  const source = user.lastActivitySource === null ? undefined : SOURCE_LABELS[user.lastActivitySource]
  return (
    <span>
      <Hint text={`${formatDay(user.lastActiveOn)} (UTC)`} isTabStop={false}>
        {formatDaysAgo(user.lastActiveOn, now)}
        {daysBetween(user.lastActiveOn, dayOf(now)) < 2 && ', UTC'}
      </Hint>
      {source !== undefined && <small className={classes.source}>{source}</small>}
    </span>
  )
}
