import { useLicenses } from '../../api/data-queries.ts'
import { AsOfLine } from '../../components/as-of-line.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import type { IntegrationPageProps } from '../../layout/integration-frame.tsx'
import { useTitle } from '../../layout/use-title.ts'
import { Activity } from './activity.tsx'
import { NoRecentUse } from './no-recent-use.tsx'
import classes from './organization-page.module.css'
import { SeatFigures } from './seat-figures.tsx'
import { SpendSoFar } from './spend-so-far.tsx'
import { SeatsAndUse } from './seats-and-use.tsx'

/** An organization at a glance: its seats, people without recent use, and its activity. */
export default function OrganizationPage({ id, integration }: IntegrationPageProps) {
  useTitle(integration?.name ?? 'Organization')
  const licenses = useLicenses(id)
  const asOf = licenses.data?.asOf
  if (licenses.isError && licenses.data === undefined) {
    return <ErrorNotice error={licenses.error} retry={() => void licenses.refetch()} />
  }
  if (asOf === null) {
    return (
      <EmptyState title="Nothing to show yet" icon="clock">
        <p>The figures appear here after the first successful sync.</p>
      </EmptyState>
    )
  }
  return (
    <>
      <div className={classes.asOf}>
        <AsOfLine asOf={asOf} />
      </div>
      <SeatFigures licenses={licenses.data} />
      <SpendSoFar integrationId={id} />
      <div className={classes.columns}>
        <NoRecentUse integrationId={id} licenses={licenses.data} />
        <SeatsAndUse integrationId={id} licenses={licenses.data} />
      </div>
      <Activity integrationId={id} licenses={licenses.data} />
    </>
  )
}
