import { SegmentedControl, Skeleton } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import type { WireLicenses } from '../../../../shared/contracts/data-contract.ts'
import { useIdlePeople } from '../../api/data-queries.ts'
import { useProviderFacts } from '../../api/provider-queries.ts'
import { Card } from '../../components/card.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { PendingOverlay } from '../../components/pending-overlay.tsx'
import { countDays, idleSpans, USUAL_WINDOW_DAYS } from '../../format/day-spans.ts'
import { formatCount } from '../../format/format-number.ts'
import { IdlePeople } from './idle-people.tsx'

const SHOWN = 8

/** People with a seat and no use for some time, without owners, and what to do about it. */
export function NoRecentUse({
  integrationId,
  licenses,
}: {
  integrationId: string
  licenses: WireLicenses | undefined
}) {
  const windowDays = countDays(licenses?.asOf) ?? USUAL_WINDOW_DAYS
  const { unmeasuredProduct, freeSeats, isLoading } = useProviderFacts(integrationId)
  const [chosen, setChosen] = useState<number>()
  const days = chosen ?? windowDays
  const idle = useIdlePeople(integrationId, days, SHOWN)
  const daysShown = idle.data?.idleDays ?? days
  return (
    <Card
      title="No recent use"
      lead={
        <>
          No use in {daysShown} days. Owners, and people who joined in these days, are left out.{' '}
          {freeSeats && 'A seat costs nothing: the risk is access that nobody needs. '}
          {unmeasuredProduct ?? 'What people do through service accounts'} is{' '}
          <Link href="/help#measured">not measured</Link>, so ask before you remove somebody.
        </>
      }
      leadPending={isLoading}
      actions={
        <SegmentedControl
          aria-label="No use in"
          size="xs"
          value={String(days)}
          onChange={(value) => setChosen(Number(value))}
          data={idleSpans(windowDays).map((span) => ({
            value: String(span),
            label: formatCount(span, 'day'),
          }))}
        />
      }
    >
      {idle.isError && <ErrorNotice error={idle.error} retry={() => void idle.refetch()} />}
      {idle.isPending && <Skeleton height={440} />}
      {idle.data !== undefined && (
        <PendingOverlay busy={idle.isPlaceholderData}>
          <IdlePeople
            integrationId={integrationId}
            idle={idle.data}
            shown={SHOWN}
            // Explains the difference to the seat figures above for the same days, which include new members and
            // owners.
            unusedSeats={daysShown === windowDays ? licenses?.licenses.unused : undefined}
            hasAttribution={licenses === undefined || licenses.licenses.noData === 0}
          />
        </PendingOverlay>
      )}
    </Card>
  )
}
