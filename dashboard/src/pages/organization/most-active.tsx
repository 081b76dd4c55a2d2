import { Skeleton } from '@mantine/core'
import { Link } from 'wouter'
import type { WireUsage } from '../../../../shared/contracts/usage-contract.ts'
import { useUsage, type DayRange } from '../../api/data-queries.ts'
import { SeriesFill } from '../../charts/series-fill.tsx'
import { Card } from '../../components/card.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { PendingOverlay } from '../../components/pending-overlay.tsx'
import { countDays } from '../../format/day-spans.ts'
import { formatCount, formatNumber } from '../../format/format-number.ts'
import classes from './most-active.module.css'

const SHOWN = 8

/** The members with the most requests in the visible days. */
export function MostActive({ integrationId, range }: { integrationId: string; range: DayRange | undefined }) {
  const usage = useUsage(integrationId, 'user', range)
  const rows: readonly WireUsage['items'][number][] = usage.data?.items ?? []
  const members = rows
    .flatMap((row) => ('userId' in row && row.userId !== null && row.kind === 'member' ? [row] : []))
    .toSorted((left, right) => right.requests - left.requests)
    .slice(0, SHOWN)
  const most = members[0]?.requests ?? 1
  const days = countDays(usage.data)
  return (
    <Card
      level={3}
      title="Most active members"
      lead={days === undefined ? 'By requests.' : `By requests in ${formatCount(days, 'day')}.`}
    >
      {usage.isError && <ErrorNotice error={usage.error} retry={() => void usage.refetch()} />}
      {usage.isPending && !usage.isError && <Skeleton height={290} />}
      {usage.isSuccess && members.length === 0 && <p>No member made a request in these days.</p>}
      <PendingOverlay busy={usage.isPlaceholderData}>
        <ol className={classes.list}>
          {members.map(({ userId, name, email, requests }) => (
            <li key={userId} className={classes.row}>
              <Link href={`/integrations/${integrationId}/members/${encodeURIComponent(userId ?? '')}`}>
                {email ?? name ?? userId}
              </Link>
              <span className={classes.track} aria-hidden="true">
                <SeriesFill className={classes.bar} series={1} style={{ width: `${(requests / most) * 100}%` }} />
              </span>
              <span className={classes.amount}>{formatNumber(requests)}</span>
            </li>
          ))}
        </ol>
      </PendingOverlay>
    </Card>
  )
}
