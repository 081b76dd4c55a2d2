import { Skeleton } from '@mantine/core'
import type { DayRange } from '../../api/data-queries.ts'
import { useUsageByKind } from '../../api/kind-queries.ts'
import { Card } from '../../components/card.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { KindsTable } from '../../components/kinds-table.tsx'
import { PendingOverlay } from '../../components/pending-overlay.tsx'
import { UnreadNote } from '../../components/unread-note.tsx'
import { countDays } from '../../format/day-spans.ts'
import { formatCount } from '../../format/format-number.ts'

/** The organization's usage of each kind in the visible days. */
export function UseByKind({ integrationId, range }: { integrationId: string; range: DayRange | undefined }) {
  const usage = useUsageByKind(integrationId, range)
  const days = countDays(usage.data)
  return (
    <Card
      level={3}
      title="Use by kind"
      lead={`Of everybody${days === undefined ? '' : ` in ${formatCount(days, 'day')}`}. What is stored counts on its last day.`}
    >
      {usage.isError && <ErrorNotice error={usage.error} retry={() => void usage.refetch()} />}
      {usage.isPending && !usage.isError && <Skeleton height={290} />}
      {usage.data?.kinds.length === 0 && <p>No use in these days.</p>}
      {usage.data !== undefined && usage.data.kinds.length > 0 && (
        <PendingOverlay busy={usage.isPlaceholderData}>
          <KindsTable kinds={usage.data.kinds} label="Use by kind" />
        </PendingOverlay>
      )}
      <UnreadNote integrationId={integrationId} dataSet="other_usage" />
    </Card>
  )
}
