import { memo } from 'react'
import type { WireUser } from '../../../../shared/contracts/data-contract.ts'
import type { Day } from '../../../../shared/domain/day.ts'
import { ActivityStrip } from '../../charts/activity-strip.tsx'
import { LastActive } from '../../components/last-active.tsx'
import { useInWords } from '../../components/member-labels.ts'
import { Money } from '../../components/money.tsx'
import { memberHref, PersonName } from '../../components/person-name.tsx'
import { SeatLabel } from '../../components/seat-label.tsx'
import { unitsIn } from '../../format/format-money.ts'
import { formatNumber } from '../../format/format-number.ts'
import { formatUtcDate } from '../../format/format-time.ts'
import classes from './member-row.module.css'

/** One member's cells, which form a card on a phone. */
export const MemberRow = memo(function MemberRow({
  user,
  integrationId,
  from,
  showsRemoval,
  showsCost,
}: {
  user: WireUser
  integrationId: string
  /** The first day that was read. Undefined while unknown. */
  from: Day | undefined
  showsRemoval: boolean
  showsCost: boolean
}) {
  return (
    <>
      <span role="cell" className={classes.person}>
        <PersonName person={user} href={memberHref(integrationId, user.id)} />
      </span>
      <span role="cell" className={classes.role}>
        {user.kind === 'service_account' ? 'Service account' : (user.role ?? '–')}
      </span>
      <span role="cell" className={classes.seat}>
        <SeatLabel user={user} />
      </span>
      <span role="cell" className={classes.use} data-license={user.license}>
        {useInWords(user, from)}
      </span>
      <span role="cell" className={classes.active}>
        <LastActive user={user} />
      </span>
      <span role="cell" className={classes.requests}>
        {formatNumber(user.requests)}
        <span className={classes.unit}> requests</span>
      </span>
      {showsCost && (
        <span role="cell" className={classes.cost}>
          <span className={classes.unit}>Cost </span>
          {user.cost === null ? '–' : <Money units={unitsIn(user.cost.amount)} currency={user.cost.currency} />}
        </span>
      )}
      <span role="cell" className={classes.days}>
        <ActivityStrip dailyRequests={user.dailyRequests} />
      </span>
      <span role="cell" className={classes.added}>
        {formatUtcDate(showsRemoval ? user.removedAt : user.addedAt)}
      </span>
    </>
  )
})
