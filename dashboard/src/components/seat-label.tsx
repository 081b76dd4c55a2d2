import { Tooltip } from '@mantine/core'
import type { WireUser } from '../../../shared/contracts/data-contract.ts'
import classes from './seat-label.module.css'
import { SEAT_REASONS } from './seat-reasons.ts'

/** The seat somebody holds; why, on hover and focus. */
export function SeatLabel({ user }: { user: WireUser }) {
  if (user.seat === null) return <span className={classes.none}>No seat</span>
  return (
    <Tooltip label={SEAT_REASONS[user.seat.reason]} multiline maw={280}>
      <span className={classes.seat} data-type={user.seat.type} tabIndex={0}>
        {user.seat.type === 'member' ? 'Member' : 'Guest'}
      </span>
    </Tooltip>
  )
}
