import { Skeleton } from '@mantine/core'
import type { WireLicenses } from '../../../../shared/contracts/data-contract.ts'
import { ShareBar } from '../../charts/share-bar.tsx'
import { Card } from '../../components/card.tsx'
import { formatCount } from '../../format/format-number.ts'
import classes from './seats-and-licences.module.css'

/** Seats by type and licences by status, as shares. */
export function SeatsAndLicences({ licenses }: { licenses: WireLicenses | undefined }) {
  return (
    <Card title="Seats and licences" lead="Active people only. A licence is in use with any activity in the window.">
      {licenses === undefined ? <Skeleton height={290} /> : <Shares licenses={licenses} />}
    </Card>
  )
}

function Shares({ licenses }: { licenses: WireLicenses }) {
  const { seats, licenses: statuses, people, serviceAccounts } = licenses
  return (
    <>
      <h3 className={classes.heading}>Seats</h3>
      <ShareBar
        parts={[
          { label: 'Member', value: seats.member, color: 'var(--rc-series-1)' },
          { label: 'Guest', value: seats.guest, color: 'var(--rc-series-3)' },
        ]}
      />
      <h3 className={classes.heading}>Licences</h3>
      <ShareBar
        parts={[
          { label: 'In use', value: statuses.inUse, color: 'var(--rc-series-2)' },
          { label: 'Unused', value: statuses.unused, color: 'var(--rc-series-4)' },
          { label: 'No data', value: statuses.noData, color: 'var(--rc-series-6)' },
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
