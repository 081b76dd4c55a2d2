import { Skeleton } from '@mantine/core'
import { Link } from 'wouter'
import { ApiProblemError } from '../../api/api-error.ts'
import { useLicenses, useUser, useUserUsage } from '../../api/data-queries.ts'
import { useProviderFacts } from '../../api/provider-queries.ts'
import { DayChart } from '../../charts/day-chart.tsx'
import { REQUESTS, stackRequests } from '../../charts/day-measure.ts'
import { AsOfLine } from '../../components/as-of-line.tsx'
import { Card } from '../../components/card.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { useTitle } from '../../layout/use-title.ts'
import { MemberCosts } from './member-costs.tsx'
import { MemberFacts } from './member-facts.tsx'
import { MemberHead } from './member-head.tsx'
import { MemberKeys } from './member-keys.tsx'
import { MemberKinds } from './member-kinds.tsx'
import { MemberStoryLine } from './member-story-line.tsx'
import { MemberTotals } from './member-totals.tsx'

/** One member: their story in a sentence, then its evidence: account, seat, use by day and kind, keys. */
export default function MemberPage({ integrationId, userId }: { integrationId: string; userId: string }) {
  const user = useUser(integrationId, userId)
  const usage = useUserUsage(integrationId, userId)
  const licenses = useLicenses(integrationId).data
  const { countsAsRequests, isLoading } = useProviderFacts(integrationId)
  useTitle(user.data?.name ?? user.data?.email ?? 'Member')
  if (user.isError) {
    const isGone = user.error instanceof ApiProblemError && user.error.problem.code === 'not_found'
    if (!isGone) return <ErrorNotice error={user.error} retry={() => void user.refetch()} />
    return (
      <EmptyState title="This person is not known here" icon="user">
        <p>They may have left more than 60 days ago, or the address is incomplete.</p>
        <Link href={`/integrations/${integrationId}/members`}>Show all members</Link>
      </EmptyState>
    )
  }
  return (
    <>
      <MemberHead user={user.data} integrationId={integrationId} />
      <AsOfLine asOf={licenses?.asOf} />
      {user.data === undefined ? (
        <Skeleton height={600} mt={16} />
      ) : (
        <>
          <MemberStoryLine
            user={user.data}
            usage={usage.data ?? (usage.isError ? null : undefined)}
            licenses={licenses}
            integrationId={integrationId}
          />
          <MemberFacts user={user.data} integrationId={integrationId} />
          <MemberTotals user={user.data} />
          <Card title="Requests by day" lead={`${countsAsRequests}, by UTC day and model.`} leadPending={isLoading}>
            <Days usage={usage} />
          </Card>
          <MemberCosts user={user.data} integrationId={integrationId} />
          <MemberKinds usage={usage} integrationId={integrationId} />
          <MemberKeys user={user.data} integrationId={integrationId} />
        </>
      )}
    </>
  )
}

function Days({ usage }: { usage: ReturnType<typeof useUserUsage> }) {
  if (usage.isError) return <ErrorNotice error={usage.error} retry={() => void usage.refetch()} />
  if (usage.data === undefined) return <Skeleton height={312} />
  const { items, asOf } = usage.data
  // Days with only other kinds of usage have no requests.
  const days = items.filter(({ requests }) => requests > 0)
  if (asOf === null || days.length === 0) return <p>No requests in these days.</p>
  return <DayChart data={stackRequests(days, asOf.from, asOf.to)} measure={REQUESTS} unfinishedFrom={asOf.to} />
}
