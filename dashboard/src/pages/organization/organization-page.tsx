import { SegmentedControl } from '@mantine/core'
import { useSearchParams } from 'wouter'
import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import { useLicenses, useUsage } from '../../api/data-queries.ts'
import { AsOfLine } from '../../components/as-of-line.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { UntilKnown } from '../../components/until-known.tsx'
import { useTitle } from '../../layout/use-title.ts'
import { AccessToReview } from './access-to-review.tsx'
import { lastDays, RANGES, readRange } from './day-range.ts'
import { MostActive } from './most-active.tsx'
import { OrganizationFigures } from './organization-figures.tsx'
import classes from './organization-page.module.css'
import { RequestsByDay } from './requests-by-day.tsx'
import { SeatsAndLicences } from './seats-and-licences.tsx'

/** One organization at a glance: its figures, its days, and whose access to review. */
export default function OrganizationPage({ integration }: { integration: WireIntegration }) {
  useTitle(integration.name)
  const [search, setSearch] = useSearchParams()
  const days = readRange(search)
  const licenses = useLicenses(integration)
  const asOf = licenses.data?.asOf
  const range = asOf === undefined || asOf === null ? undefined : lastDays(asOf, days)
  const usage = useUsage(integration, 'day', range)
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
      <div className={classes.bar}>
        <AsOfLine asOf={asOf} />
        <SegmentedControl
          aria-label="Days shown"
          size="xs"
          value={String(days)}
          onChange={(value) => setSearch({ days: value }, { replace: true })}
          data={RANGES.map((count) => ({ value: String(count), label: `${count} days` }))}
        />
      </div>
      <UntilKnown busy={usage.isPlaceholderData}>
        <OrganizationFigures licenses={licenses.data} usage={usage.data ?? (usage.isError ? null : undefined)} />
      </UntilKnown>
      <RequestsByDay usage={usage} />
      <div className={classes.columns}>
        <SeatsAndLicences licenses={licenses.data} />
        <MostActive integration={integration} range={range} />
      </div>
      <AccessToReview integration={integration} />
    </>
  )
}
