import { Skeleton } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import type { WireReview } from '../../../../shared/contracts/reviews-contract.ts'
import { ApiProblemError } from '../../api/api-error.ts'
import { useMayReview, useMe } from '../../api/me-query.ts'
import { useReview } from '../../api/review-queries.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Notice } from '../../components/notice.tsx'
import { formatExact } from '../../format/format-time.ts'
import { useTitle } from '../../layout/use-title.ts'
import { CompleteCard } from './complete-card.tsx'
import { DeleteCard } from './delete-card.tsx'
import { IncompleteNotice } from './incomplete-notice.tsx'
import { RemovalsCard } from './removals-card.tsx'
import { ReviewHead } from './review-head.tsx'
import classes from './review-page.module.css'
import { SignatureCard } from './signature-card.tsx'
import { WorkList } from './work-list.tsx'

/** One review: its items to decide on, its completion, and afterwards its proof and what became of its removals. */
export default function ReviewPage({ reviewId }: { reviewId: string }) {
  const review = useReview(reviewId)
  useTitle(review.data?.name ?? 'Review')
  const { data, error } = review
  const isGone = error instanceof ApiProblemError && error.problem.code === 'not_found'
  if (isGone) {
    return (
      <EmptyState title="This review is not there" icon="search" level={1}>
        <p>It was deleted, its time was over, or the address is incomplete.</p>
        <Link href="/reviews">Show all reviews</Link>
      </EmptyState>
    )
  }
  return (
    <>
      <Link className={classes.back} href="/reviews">
        All reviews
      </Link>
      <ReviewHead review={data} />
      {error !== null && <ErrorNotice error={error} retry={() => void review.refetch()} />}
      {data === undefined && error === null && <Skeleton height={560} radius={10} />}
      {data !== undefined && <Review review={data} />}
    </>
  )
}

function Review({ review }: { review: WireReview }) {
  const mayReview = useMayReview()
  return (
    <>
      <CompletedMeanwhile review={review} />
      <IncompleteNotice review={review} />
      {review.state !== 'completed' && mayReview && <CompleteCard review={review} />}
      {review.state === 'completed' && (
        <>
          <RemovalsCard review={review} />
          <SignatureCard review={review} />
        </>
      )}
      <WorkList review={review} />
      {review.state === 'open' && mayReview && <DeleteCard review={review} />}
    </>
  )
}

/** Says that somebody else completed the review while it was open here. */
function CompletedMeanwhile({ review: { state, completedBy, completedAt } }: { review: WireReview }) {
  const me = useMe()
  const [stateAtFirst] = useState(state)
  if (stateAtFirst === 'completed' || completedBy === null || completedAt === null) return null
  if (me.data === undefined || me.data.subject === completedBy.subject) return null
  return (
    <div role="status">
      <Notice kind="warn" title={`${completedBy.email} has completed this review`}>
        That was on {formatExact(completedAt)}. Nothing can be decided any more; decisions that were not saved before
        are named below.
      </Notice>
    </div>
  )
}
