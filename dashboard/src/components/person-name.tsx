import { Link } from 'wouter'
import { BreakableAddress } from './breakable-address.tsx'
import classes from './person-name.module.css'

/** A person's name and email, as far as known, linked to their page. */
export function PersonName({
  person,
  href,
}: {
  person: { readonly id: string; readonly name: string | null; readonly email: string | null }
  href: string
}) {
  const subtitle = person.name === null ? null : person.email
  return (
    <span className={classes.person}>
      <Link className={classes.name} href={href}>
        <BreakableAddress text={person.name ?? person.email ?? person.id} />
      </Link>
      {subtitle !== null && (
        <span className={classes.email}>
          <BreakableAddress text={subtitle} />
        </span>
      )}
    </span>
  )
}

/** The address of a member's page. */
export function memberHref(integrationId: string, userId: string): string {
  return `/integrations/${integrationId}/members/${encodeURIComponent(userId)}`
}
