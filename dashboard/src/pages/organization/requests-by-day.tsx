import { Skeleton } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { WireUsage } from '../../../../shared/contracts/usage-contract.ts'
import { useProviderFacts } from '../../api/provider-queries.ts'
import { DayChart } from '../../charts/day-chart.tsx'
import { REQUESTS, stackRequests } from '../../charts/day-measure.ts'
import { Card } from '../../components/card.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { PendingOverlay } from '../../components/pending-overlay.tsx'

/** Requests by UTC day, stacked by model. */
export function RequestsByDay({ integrationId, usage }: { integrationId: string; usage: UseQueryResult<WireUsage> }) {
  const { countsAsRequests, isLoading } = useProviderFacts(integrationId)
  return (
    <Card
      level={3}
      title="Requests by day"
      lead={`${countsAsRequests}, by everybody in the organization: people, service accounts and former members.`}
      leadPending={isLoading}
    >
      {usage.isError && <ErrorNotice error={usage.error} retry={() => void usage.refetch()} />}
      {usage.isPending && <Skeleton height={312} />}
      {usage.data !== undefined && (
        <PendingOverlay busy={usage.isPlaceholderData}>
          <Chart usage={usage.data} />
        </PendingOverlay>
      )}
    </Card>
  )
}

function Chart({ usage: { asOf, from, to, total, items } }: { usage: WireUsage }) {
  if (asOf === null || from === null || to === null || total.requests === 0) return <p>No requests in these days.</p>
  return <DayChart data={stackRequests(items, from, to)} measure={REQUESTS} unfinishedFrom={asOf.to} />
}
