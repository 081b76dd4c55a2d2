import { SegmentedControl } from '@mantine/core'
import { useId } from 'react'
import { useSearchParams } from 'wouter'
import type { WireLicenses } from '../../../../shared/contracts/data-contract.ts'
import { useUsage } from '../../api/data-queries.ts'
import { PendingOverlay } from '../../components/pending-overlay.tsx'
import { countDays, lastDays, spansWithin, USUAL_WINDOW_DAYS } from '../../format/day-spans.ts'
import { formatCount } from '../../format/format-number.ts'
import { ActivityFigures } from './activity-figures.tsx'
import classes from './activity.module.css'
import { MostActive } from './most-active.tsx'
import { RequestsByDay } from './requests-by-day.tsx'
import { UseByKind } from './use-by-kind.tsx'

/** The selectable numbers of days besides the whole window. */
const SHORTER_SPANS = [7, 30]

/** Activity in the selected days. All parts refer to the same days, and the address contains the selection. */
export function Activity({ integrationId, licenses }: { integrationId: string; licenses: WireLicenses | undefined }) {
  const headingId = useId()
  const [search, setSearch] = useSearchParams()
  const windowDays = countDays(licenses?.asOf) ?? USUAL_WINDOW_DAYS
  const spans = spansWithin(windowDays, SHORTER_SPANS)
  const days = spans.find((span) => String(span) === search.get('days')) ?? windowDays
  // The whole window needs no dates, so it is requested at once.
  const to = licenses?.asOf?.to
  const range = days === windowDays ? {} : to === undefined ? undefined : lastDays(to, days)
  const usage = useUsage(integrationId, 'day', range)
  return (
    <section aria-labelledby={headingId}>
      <div className={classes.head}>
        <h2 id={headingId} className={classes.title}>
          Activity
        </h2>
        <SegmentedControl
          aria-label="Days shown"
          size="xs"
          value={String(days)}
          onChange={(value) => setSearch({ days: value }, { replace: true })}
          data={spans.map((span) => ({ value: String(span), label: formatCount(span, 'day') }))}
        />
      </div>
      <PendingOverlay busy={usage.isPlaceholderData}>
        <ActivityFigures licenses={licenses} usage={usage.data ?? (usage.isError ? null : undefined)} />
      </PendingOverlay>
      <RequestsByDay integrationId={integrationId} usage={usage} />
      <div className={classes.columns}>
        <MostActive integrationId={integrationId} range={range} />
        <UseByKind integrationId={integrationId} range={range} />
      </div>
    </section>
  )
}
