import type { WireUser } from '../../../shared/contracts/data-contract.ts'
import { Hint } from './hint.tsx'
import { SEAT_REASONS, STATUS_LABELS } from './member-labels.ts'
import classes from './seat-label.module.css'

/** A person's seat, with its reason as a tooltip. Without a seat, the account status that explains it. */
export function SeatLabel({ user }: { user: Pick<WireUser, 'seat' | 'accountStatus'> }) {
  if (user.seat === null) {
    return (
      <span className={classes.none}>
        No seat
        {user.accountStatus !== 'active' && <small>{STATUS_LABELS[user.accountStatus]}</small>}
      </span>
    )
  }
  return (
    <Hint text={SEAT_REASONS[user.seat.reason]} isTabStop={false}>
      <span className={classes.seat} data-type={user.seat.type}>
        {user.seat.type === 'member' ? 'Member' : 'Guest'}
      </span>
    </Hint>
  )
}
