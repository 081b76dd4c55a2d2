import type { WireAsOf } from '../../../shared/contracts/data-contract.ts'
import { formatDay } from '../format/format-time.ts'
import classes from './as-of-line.module.css'
import { Badge } from './badge.tsx'
import { RelativeTime } from './relative-time.tsx'

/** The sync that the figures on a page are from, and the UTC days they cover. */
export function AsOfLine({ asOf }: { asOf: WireAsOf | null | undefined }) {
  return (
    <p className={classes.line}>
      {asOf === undefined && ' '}
      {asOf === null && 'Not synced yet'}
      {asOf !== undefined && asOf !== null && (
        <>
          <span>
            As of <RelativeTime instant={asOf.syncedAt} />
          </span>
          <span>
            {formatDay(asOf.from)} – {formatDay(asOf.to)} (UTC days)
          </span>
          {asOf.stale && <Badge kind="warn">Out of date: not read by the last two scheduled syncs</Badge>}
        </>
      )}
    </p>
  )
}
