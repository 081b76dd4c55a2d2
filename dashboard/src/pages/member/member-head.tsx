import { Link } from 'wouter'
import type { WireUser } from '../../../../shared/contracts/data-contract.ts'
import { Badge } from '../../components/badge.tsx'
import { noUseIn, STATUS_LABELS, USE_LABELS, usedIn } from '../../components/member-labels.ts'
import { lastMembersSearch } from '../members/last-members-search.ts'
import classes from './member-head.module.css'

/** The name of the person. */
export function MemberHead({ user, integrationId }: { user: WireUser | undefined; integrationId: string }) {
  const search = lastMembersSearch(integrationId)
  const email = user?.name === null ? null : user?.email
  return (
    <div className={classes.head}>
      <Link
        className={classes.back}
        href={`/integrations/${integrationId}/members${search === '' ? '' : `?${search}`}`}
      >
        {search === '' ? 'All members' : 'Back to the list'}
      </Link>
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
