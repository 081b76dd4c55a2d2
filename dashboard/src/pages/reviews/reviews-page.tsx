import { Button, Skeleton } from '@mantine/core'
import { Link } from 'wouter'
import { useIntegrations } from '../../api/integration-queries.ts'
import { useMayReview } from '../../api/me-query.ts'
import { useReviews } from '../../api/review-queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Icon } from '../../components/icon.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { NothingConnected } from '../../components/nothing-connected.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useTitle } from '../../layout/use-title.ts'
import { ReviewTable } from './review-table.tsx'

/** All reviews, the newest first, with how far they are. */
export default function ReviewsPage() {
  useTitle('Reviews')
  const mayReview = useMayReview()
  const integrations = useIntegrations()
  const reviews = useReviews()
  const items = reviews.data?.pages.flatMap((page) => page.items)
  const isNothingConnected = integrations.data?.length === 0
  return (
    <>
      <PageHeader
        title="Reviews"
        lead="Who keeps their access, decided one by one on frozen evidence, signed, and followed until it was done."
        actions={mayReview && !isNothingConnected && <NewReviewButton />}
      />
      {reviews.isError && <ErrorNotice error={reviews.error} retry={() => void reviews.refetch()} />}
      {reviews.isPending && <Skeleton height={320} radius={10} />}
      {items?.length === 0 && (isNothingConnected ? <NothingConnected /> : <NoReviews mayReview={mayReview} />)}
      {items !== undefined && items.length > 0 && (
        <section aria-label="Reviews">
          <ReviewTable reviews={items} />
          <MoreButton pages={reviews}>Show older reviews</MoreButton>
        </section>
      )}
    </>
  )
}

function NewReviewButton() {
  return (
    <Button component={Link} href="/reviews/new" leftSection={<Icon name="plus" />}>
      New review
    </Button>
  )
}

function NoReviews({ mayReview }: { mayReview: boolean }) {
  return (
    <EmptyState title="There is no review yet" icon="check">
      <p>
        A review lists the members or keys of your organizations as they are now, and asks for a decision on each: keep,
        remove, or keep as an exception. Once it is completed it is signed, and later syncs show whether its removals
        were done.
      </p>
      {!mayReview && <p>Reviewers and admins of this Rollcall can create one.</p>}
    </EmptyState>
  )
}
