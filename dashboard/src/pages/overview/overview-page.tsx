import { Skeleton } from '@mantine/core'
import { Link } from 'wouter'
import type { WireIntegration } from '../../../../shared/contracts/integration-contract.ts'
import type { WireOverview } from '../../../../shared/contracts/overview-contract.ts'
import { useCompanyDataOfLastSyncs, useFindingTotal, useOverview } from '../../api/company-queries.ts'
import { useWindowDays } from '../../api/data-queries.ts'
import { useIntegrations } from '../../api/integration-queries.ts'
import { useProviders } from '../../api/provider-queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { NothingConnected } from '../../components/nothing-connected.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { formatCount } from '../../format/format-number.ts'
import { useTitle } from '../../layout/use-title.ts'
import { AdviceCard } from './advice-card.tsx'
import { adviceOf } from './advice.ts'
import { CompanyFigures } from './company-figures.tsx'
import { MoneyCard } from './money-card.tsx'
import { OpenReviews } from './open-reviews.tsx'
import classes from './overview-page.module.css'

/** The first page: what is so over all organizations, and what to do. */
export function OverviewPage() {
  useTitle('Overview')
  const integrations = useIntegrations()
  const items = integrations.data
  return (
    <>
      <PageHeader
        title="Overview"
        lead="What needs a look in your organizations at AI providers, and what they cost."
      />
      {items?.length === 0 ? <NothingConnected /> : <Overview integrations={items} />}
    </>
  )
}

/** The findings that the overview does not count by itself: keys that were used after their owner was removed. */
const USED_AFTER_REMOVAL = { type: 'leaver_key', severity: 'high' } as const

function Overview({ integrations }: { integrations: readonly WireIntegration[] | undefined }) {
  useCompanyDataOfLastSyncs()
  const overview = useOverview()
  const usedKeys = useFindingTotal(USED_AFTER_REMOVAL)
  const windowDays = useWindowDays(integrations)
  const providers = useProviders().data
  const { data } = overview
  if (overview.isError && data === undefined) {
    return <ErrorNotice error={overview.error} retry={() => void overview.refetch()} />
  }
  if (data === undefined || usedKeys.isPending) return <Skeleton height={640} radius={10} />
  if (data.oldestSyncedAt === null) return <NothingRead integrations={integrations ?? []} />
  const facts = { overview: data, usedAfterRemoval: usedKeys.data?.total ?? 0, windowDays }
  const total = data.integrations.connected + data.integrations.actionRequired
  return (
    <>
      {overview.isError && <ErrorNotice error={overview.error} retry={() => void overview.refetch()} />}
      <NotUpToDate integrations={data.integrations} />
      <OpenReviews />
      <div className={classes.columns}>
        <AdviceCard
          advice={adviceOf(facts)}
          findings={data.findings}
          hasUnjudged={(usedKeys.data?.notJudged.length ?? 0) > 0}
        />
        <MoneyCard costs={data.costs} costsNotRead={data.costsNotRead} />
      </div>
      {total > 1 && (
        <CompanyFigures
          overview={data}
          windowDays={windowDays}
          areSeatsFree={providers?.every(({ freeSeats }) => freeSeats) === true}
        />
      )}
      <p className={classes.note}>
        {total > 1 ? 'The oldest reading shown is from ' : 'As of '}
        <RelativeTime instant={data.oldestSyncedAt} />.{' '}
        {total === 1 && integrations?.[0] !== undefined && (
          <Link href={`/integrations/${integrations[0].id}`}>Seats, use and activity of {integrations[0].name}</Link>
        )}
      </p>
    </>
  )
}

/** Before the first reading there is nothing to say. */
function NothingRead({ integrations }: { integrations: readonly WireIntegration[] }) {
  return (
    <EmptyState title="Nothing to show yet" icon="clock">
      <p>The first sync reads members, usage and costs. What needs a look appears here after it.</p>
      {integrations.map(({ id, name }) => (
        <p key={id}>
          <Link href={`/integrations/${id}`}>See how far {name} is</Link>
        </p>
      ))}
    </EmptyState>
  )
}

/** Organizations of which the figures are old, or missing. One that needs action is a finding of its own. */
function NotUpToDate({ integrations: { stale, neverSynced } }: Pick<WireOverview, 'integrations'>) {
  if (stale + neverSynced === 0) return null
  return (
    <Notice kind="warn" title="Not everything here is up to date">
      {stale > 0 && `${countRead(stale)} not read by the last two scheduled syncs: older figures are shown. `}
      {neverSynced > 0 &&
        `${countRead(neverSynced)} not read yet, and ${neverSynced === 1 ? 'is' : 'are'} not in the figures. `}
      <Link href="/organizations">Show the organizations</Link>
    </Notice>
  )
}

function countRead(count: number): string {
  return `${formatCount(count, 'organization')} ${count === 1 ? 'was' : 'were'}`
}
