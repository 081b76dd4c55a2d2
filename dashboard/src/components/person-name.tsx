import { Link } from 'wouter'
import type { WireUser } from '../../../shared/contracts/data-contract.ts'
import classes from './person-name.module.css'

/** A person's name and email, as far as known, linked to their page. */
export function PersonName({ user, integrationId }: { user: WireUser; integrationId: string }) {
  const title = user.name ?? user.email ?? user.id
  const subtitle = user.name === null ? null : user.email
  return (
    <span className={classes.person}>
      <Link className={classes.name} href={`/integrations/${integrationId}/members/${encodeURIComponent(user.id)}`}>
        {title}
      </Link>
      {subtitle !== null && <span className={classes.email}>{subtitle}</span>}
    </span>
  )
}
