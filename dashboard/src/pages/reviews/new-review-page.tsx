import { Skeleton } from '@mantine/core'
import { Link } from 'wouter'
import { useIntegrations } from '../../api/integration-queries.ts'
import { useMe } from '../../api/me-query.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { NothingConnected } from '../../components/nothing-connected.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useTitle } from '../../layout/use-title.ts'
import classes from './new-review-page.module.css'
import { ReviewForm } from './review-form.tsx'

/** Creates a review. */
export default function NewReviewPage() {
  useTitle('New review')
  const me = useMe()
  const integrations = useIntegrations()
  const items = integrations.data
  return (
    <>
      <Link className={classes.back} href="/reviews">
        All reviews
      </Link>
      <PageHeader
        title="New review"
        lead="It freezes who or what is there now, with the evidence of each. Later changes do not change it."
      />
      {integrations.isError && items === undefined && (
        <ErrorNotice error={integrations.error} retry={() => void integrations.refetch()} />
      )}
      {(me.isPending || integrations.isPending) && <Skeleton height={480} />}
      {me.data?.role === 'viewer' && (
        <EmptyState title="Only reviewers can create a review" icon="info">
          <p>Ask an admin of this Rollcall for that role.</p>
        </EmptyState>
      )}
      {me.data !== undefined && me.data.role !== 'viewer' && items?.length === 0 && <NothingConnected />}
      {me.data !== undefined && me.data.role !== 'viewer' && items !== undefined && items.length > 0 && (
        <ReviewForm integrations={items} />
      )}
    </>
  )
}
