import { Skeleton } from '@mantine/core'
import type { WireLicenses } from '../../../../shared/contracts/data-contract.ts'
import { useProviderFacts } from '../../api/provider-queries.ts'
import { ShareBar } from '../../charts/share-bar.tsx'
import { Card } from '../../components/card.tsx'
import { noUseIn, USE_LABELS, usedIn } from '../../components/member-labels.ts'
import { countDays } from '../../format/day-spans.ts'
import { formatCount } from '../../format/format-number.ts'
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
      lead={`Of active people. ${countsAsRequests} count, and the use of a person’s own API keys, if the provider reports it.`}
      leadPending={isLoading}
    >
      {licenses === undefined ? <Skeleton height={270} /> : <Shares licenses={licenses} />}
    </Card>
  )
}

function Shares({ licenses }: { licenses: WireLicenses }) {
  const { seats, licenses: use, people, serviceAccounts } = licenses
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
      <p className={classes.others}>
        Without a seat: {formatCount(people.disabled, 'disabled person', 'disabled people')},{' '}
        {formatCount(people.banned, 'banned person', 'banned people')},{' '}
        {formatCount(serviceAccounts, 'service account')}.
      </p>
    </>
  )
}
