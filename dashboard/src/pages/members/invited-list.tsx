import { Skeleton } from '@mantine/core'
import type { WireInvite } from '../../../../shared/contracts/invites-contract.ts'
import { isNotRead } from '../../api/api-error.ts'
import { useMayBeRead } from '../../api/integration-queries.ts'
import { useInvites } from '../../api/invite-queries.ts'
import { AsOfLine } from '../../components/as-of-line.tsx'
import { Badge } from '../../components/badge.tsx'
import { BreakableAddress } from '../../components/breakable-address.tsx'
import { DataSetNotRead } from '../../components/data-set-not-read.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import list from '../../components/list-table.module.css'
import { MoreButton } from '../../components/more-button.tsx'
import { formatUtcDate } from '../../format/format-time.ts'
import classes from './invited-list.module.css'
import pageClasses from './members-page.module.css'

/** People who were invited and have not joined, the newest invitation first. */
export function InvitedList({ id }: { id: string }) {
  const invites = useInvites(id)
  const mayBeRead = useMayBeRead(id, 'invites')
  if (!mayBeRead || isNotRead(invites.error)) {
    return <DataSetNotRead integrationId={id} dataSet="invites" title="Invitations were not read" />
  }
  const items = invites.data?.pages.flatMap((page) => page.items)
  return (
    <section aria-label="Invitations">
      <div className={pageClasses.about}>
        <AsOfLine asOf={invites.data?.pages[0]?.asOf} />
        <p className={pageClasses.note}>Invited people are no members: they have no seat until they accept.</p>
      </div>
      {invites.isError && <ErrorNotice error={invites.error} retry={() => void invites.refetch()} />}
      {invites.isPending && <Skeleton height={240} />}
      {items?.length === 0 && <EmptyState title="No open invitations" icon="check" />}
      {items !== undefined && items.length > 0 && <Invites items={items} />}
      <MoreButton pages={invites}>Show more invitations</MoreButton>
    </section>
  )
}

function Invites({ items }: { items: readonly WireInvite[] }) {
  return (
    <div className={`${list.table} ${classes.table}`} role="table" aria-label="Invitations" tabIndex={-1}>
      <div role="rowgroup" className={classes.headGroup}>
        <div role="row" className={`${list.head} ${classes.head}`}>
          {['Email', 'Role', 'Invited (UTC)', 'Expires (UTC)', 'Status'].map((label) => (
            <span key={label} role="columnheader">
              {label}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup">
        {items.map(({ id, email, role, invitedAt, expiresAt, status }) => (
          <div key={id} role="row" className={`${list.row} ${classes.row}`}>
            <span role="cell" className={classes.email}>
              <BreakableAddress text={email ?? 'No address known'} />
            </span>
            <span role="cell">{role ?? '–'}</span>
            <span role="cell">
              <span className={`${list.label} ${classes.label}`}>Invited </span>
              {formatUtcDate(invitedAt)}
            </span>
            <span role="cell">
              <span className={`${list.label} ${classes.label}`}>{status === 'expired' ? 'Expired ' : 'Expires '}</span>
              {formatUtcDate(expiresAt)}
            </span>
            <span role="cell">
              <Badge kind={status === 'pending' ? 'info' : 'plain'}>
                {status === 'pending' ? 'Pending' : 'Expired'}
              </Badge>
            </span>
          </div>
        ))}
      </div>
    </div>
  )
}
