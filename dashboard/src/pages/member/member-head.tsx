import { Link } from 'wouter'
import type { WireUser } from '../../../../shared/contracts/data-contract.ts'
import type { WirePerson } from '../../../../shared/contracts/people-contract.ts'
import { useIntegrations } from '../../api/integration-queries.ts'
import { usePersonOf } from '../../api/people-queries.ts'
import { Badge } from '../../components/badge.tsx'
import { noUseIn, STATUS_LABELS, USE_LABELS, usedIn } from '../../components/member-labels.ts'
import { lastSearchOf } from '../../components/last-search.ts'
import { organizationsInWords } from '../people/memberships-in-words.ts'
import classes from './member-head.module.css'

/** The name of the person. */
export function MemberHead({ user, integrationId }: { user: WireUser | undefined; integrationId: string }) {
  const list = lastSearchOf(`/integrations/${integrationId}/members`)
  const person = usePersonElsewhere(integrationId, user)
  const email = user?.name === null ? null : user?.email
  return (
    <div className={classes.head}>
      <p className={classes.back}>
        <Link href={list.href}>{list.isNarrowed ? 'Back to the list' : 'All members'}</Link>
        {person !== undefined && <Link href={`/people/${person.id}`}>{elsewhereInWords(person, integrationId)}</Link>}
      </p>
      <div className={classes.line}>
        <h2 className={classes.name}>{user === undefined ? ' ' : (user.name ?? user.email ?? user.id)}</h2>
        {user !== undefined && user.accountStatus !== 'active' && (
          <Badge kind="bad">{STATUS_LABELS[user.accountStatus]}</Badge>
        )}
        {user?.kind === 'service_account' && <Badge kind="plain">Service account</Badge>}
        {user?.license === 'in_use' && <Badge kind="good">{usedIn(user.dailyRequests.length)}</Badge>}
        {user?.license === 'unused' && <Badge kind="warn">{noUseIn(user.dailyRequests.length)}</Badge>}
        {user?.license === 'no_data' && <Badge kind="plain">{USE_LABELS.no_data}</Badge>}
      </div>
      <p className={classes.email}>{email ?? ' '}</p>
    </div>
  )
}

/** The person behind a member. Undefined while unknown, and when there is only this organization. */
function usePersonElsewhere(integrationId: string, user: WireUser | undefined): WirePerson | undefined {
  const integrations = useIntegrations().data ?? []
  return usePersonOf(integrationId, user?.kind === 'person' && integrations.length > 1 ? user : undefined)
}

/** `Also in Acme Labs: this person in all organizations` */
function elsewhereInWords({ memberships }: WirePerson, integrationId: string): string {
  const others = memberships.filter((each) => each.integrationId !== integrationId && each.accountStatus !== 'removed')
  const also = others.length === 0 ? 'Only here' : `Also in ${organizationsInWords(others)}`
  return `${also}: show the person`
}
