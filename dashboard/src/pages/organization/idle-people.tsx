import { Link } from 'wouter'
import type { WireUser } from '../../../../shared/contracts/data-contract.ts'
import { idleView } from '../../api/data-queries.ts'
import { providerName, useProviderOf } from '../../api/provider-queries.ts'
import { Icon } from '../../components/icon.tsx'
import { LastActive } from '../../components/last-active.tsx'
import { memberHref, PersonName } from '../../components/person-name.tsx'
import { SeatLabel } from '../../components/seat-label.tsx'
import { formatNumber } from '../../format/format-number.ts'
import { formatUtcDate } from '../../format/format-time.ts'
import { CopyAddresses } from './copy-addresses.tsx'
import { leftOutInWords } from './left-out-in-words.ts'
import classes from './no-recent-use.module.css'

/** The first people without recent use, their total number, and what to do next. */
export function IdlePeople({
  integrationId,
  idle,
  shown,
  unusedSeats,
  hasAttribution,
}: {
  integrationId: string
  idle: { idleDays: number; items: readonly WireUser[]; total: number }
  shown: number
  unusedSeats: number | undefined
  /** False when the provider attributed no usage to any person. */
  hasAttribution: boolean
}) {
  const provider = useProviderOf(integrationId)
  const { idleDays, items, total } = idle
  if (!hasAttribution) {
    return (
      <p>
        No requests of these days are attributed to any person. So it is unknown who did not use the API, and nobody is
        listed.
      </p>
    )
  }
  if (total === 0) return <p>Everybody with a seat used the API in the last {idleDays} days.</p>
  return (
    <>
      <div className={classes.actions}>
        <CopyAddresses key={idleDays} integrationId={integrationId} idleDays={idleDays} />
        <a className={classes.manage} href={provider?.membersUrl} target="_blank" rel="noreferrer">
          Manage members at {providerName(provider)}
          <Icon name="external" size={14} />
          <span className="visually-hidden"> (opens a new tab)</span>
        </a>
      </div>
      <ul className={classes.list}>
        {items.slice(0, shown).map((user) => (
          <li key={user.id} className={classes.row}>
            <PersonName person={user} href={memberHref(integrationId, user.id)} />
            <SeatLabel user={user} />
            <LastActive user={user} />
            <span className={classes.added}>{user.addedAt !== null && `Added ${formatUtcDate(user.addedAt)}`}</span>
          </li>
        ))}
      </ul>
      <p className={classes.count}>
        {formatNumber(Math.min(shown, total))} of {formatNumber(total)}.{' '}
        <Link href={`/integrations/${integrationId}/members?${new URLSearchParams(idleView(idleDays))}`}>
          Show all of them in the members list
        </Link>
        . Days are UTC. {leftOutInWords(total, unusedSeats, idleDays)}
      </p>
    </>
  )
}
