import { memo } from 'react'
import type { WireUser } from '../../../../shared/contracts/data-contract.ts'
import { Sparkline } from '../../charts/sparkline.tsx'
import { LastActive } from '../../components/last-active.tsx'
import { LICENSE_LABELS, STATUS_LABELS } from '../../components/license-labels.ts'
import { PersonName } from '../../components/person-name.tsx'
import { SeatLabel } from '../../components/seat-label.tsx'
import { formatNumber } from '../../format/format-number.ts'
import { formatDate } from '../../format/format-time.ts'
import classes from './member-row.module.css'

/** One member's cells; a card on a phone. */
export const MemberRow = memo(function MemberRow({
  user,
  integrationId,
  showsRemoval,
}: {
  user: WireUser
  integrationId: string
  showsRemoval: boolean
}) {
  const when = showsRemoval ? user.removedAt : user.addedAt
  return (
    <>
      <span role="cell" className={classes.person}>
        <PersonName user={user} integrationId={integrationId} />
      </span>
      <span role="cell" className={classes.role}>
        {user.kind === 'service_account' ? 'Service account' : (user.role ?? '–')}
      </span>
      <span role="cell" className={classes.seat}>
        {user.accountStatus === 'active' && user.kind === 'person' ? (
          <SeatLabel user={user} />
        ) : (
          STATUS_LABELS[user.accountStatus]
        )}
      </span>
      <span role="cell" className={classes.license} data-license={user.license}>
        {user.license === null ? '–' : LICENSE_LABELS[user.license]}
      </span>
      <span role="cell" className={classes.active}>
        <LastActive user={user} />
      </span>
      <span role="cell" className={classes.requests}>
        {formatNumber(user.requests)}
        <span className={classes.unit}> requests</span>
      </span>
      <span role="cell" className={classes.days}>
        <Sparkline values={user.dailyRequests} />
      </span>
      <span role="cell" className={classes.added}>
        {when === null ? '–' : formatDate(when)}
      </span>
    </>
  )
})
