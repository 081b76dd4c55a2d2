import { Skeleton } from '@mantine/core'
import { Link } from 'wouter'
import type { WireLicenses } from '../../../../shared/contracts/data-contract.ts'
import { useProviderFacts } from '../../api/provider-queries.ts'
import { ShareBar } from '../../charts/share-bar.tsx'
import { Card } from '../../components/card.tsx'
import { noUseIn, USE_LABELS, usedIn } from '../../components/member-labels.ts'
import { SourcesLine } from '../../components/sources-line.tsx'
import { countDays } from '../../format/day-spans.ts'
import { formatCount } from '../../format/format-number.ts'
import { INVITED_SEARCH } from '../members/members-view.ts'
import classes from './seats-and-use.module.css'

/** Seats by type, and their use, as shares. */
export function SeatsAndUse({
  integrationId,
  licenses,
}: {
  integrationId: string
  licenses: WireLicenses | undefined
}) {
  const { countsAsRequests, isLoading } = useProviderFacts(integrationId)
  return (
    <Card
      title="Seats and use"
      lead={`Of active people. ${countsAsRequests} count, other kinds of usage, and the use of a person’s own API keys.`}
      leadPending={isLoading}
    >
      {licenses === undefined ? (
        <Skeleton height={320} />
      ) : (
        <Shares licenses={licenses} integrationId={integrationId} />
      )}
    </Card>
  )
}

function Shares({ licenses, integrationId }: { licenses: WireLicenses; integrationId: string }) {
  const { seats, licenses: use, people, serviceAccounts, pendingInvites } = licenses
  const days = countDays(licenses.asOf)
  return (
    <>
      <h3 className={classes.heading}>Seats</h3>
      <ShareBar
        parts={[
          { label: 'Member', value: seats.member, series: 5 },
          { label: 'Guest', value: seats.guest, series: 4, texture: 'striped' },
        ]}
      />
      <h3 className={classes.heading}>Use</h3>
      <ShareBar
        parts={[
          { label: usedIn(days), value: use.inUse, series: 1 },
          { label: noUseIn(days), value: use.unused, series: 'no-use', texture: 'striped' },
          { label: USE_LABELS.no_data, value: use.noData, series: 6, texture: 'hollow' },
        ]}
      />
      <div className={classes.sources}>
        <SourcesLine integrationId={integrationId} />
      </div>
      <p className={classes.others}>
        Without a seat: {formatCount(people.disabled, 'disabled person', 'disabled people')},{' '}
        {formatCount(people.banned, 'banned person', 'banned people')},{' '}
        {formatCount(serviceAccounts, 'service account')}.
        {pendingInvites !== null && (
          <>
            {' '}
            <Link href={`/integrations/${integrationId}/members?${INVITED_SEARCH}`}>
              {formatCount(pendingInvites, 'pending invitation')}
            </Link>
            .
          </>
        )}
      </p>
    </>
  )
}
