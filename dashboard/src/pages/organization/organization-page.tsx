import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { useLicenses } from '../../api/data-queries.ts'
import { AsOfLine } from '../../components/as-of-line.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { useTitle } from '../../layout/use-title.ts'
import { Activity } from './activity.tsx'
import { NoRecentUse } from './no-recent-use.tsx'
import classes from './organization-page.module.css'
import { SeatFigures } from './seat-figures.tsx'
import { SeatsAndUse } from './seats-and-use.tsx'

/** One organization at a glance: its seats, whose access to look at, and its activity. */
export default function OrganizationPage({ integration }: { integration: WireIntegration }) {
  useTitle(integration.name)
  const licenses = useLicenses(integration)
  const asOf = licenses.data?.asOf
  if (licenses.isError && licenses.data === undefined) {
    return <ErrorNotice error={licenses.error} retry={() => void licenses.refetch()} />
  }
  if (asOf === null || integration.lastSuccessfulSyncAt === null) {
    return (
      <EmptyState title="Nothing to show yet" icon="clock">
        <p>The figures appear here by themselves when the first sync has succeeded.</p>
      </EmptyState>
    )
  }
  return (
    <>
      <div className={classes.asOf}>
        <AsOfLine asOf={asOf} />
      </div>
      <SeatFigures licenses={licenses.data} />
      <div className={classes.columns}>
        <NoRecentUse integration={integration} licenses={licenses.data} />
        <SeatsAndUse licenses={licenses.data} />
      </div>
      <Activity integration={integration} licenses={licenses.data} />
    </>
  )
}
