import { Button, Skeleton } from '@mantine/core'
import { Link } from 'wouter'
import { useReview } from '../../api/review-queries.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { useTitle } from '../../layout/use-title.ts'
import { PrintedItems } from './printed-items.tsx'
import { PrintedSummary } from './printed-summary.tsx'
import classes from './review-print-page.module.css'
import { useAllItems } from './use-all-items.ts'

/** A review with all its items in one table, to print or to save as a PDF. */
export default function ReviewPrintPage({ reviewId }: { reviewId: string }) {
  const review = useReview(reviewId)
  const items = useAllItems(reviewId)
  useTitle(review.data === undefined ? 'Review' : `${review.data.name}, all items`)
  const failed = [review, items].find(({ isError }) => isError)
  const isComplete = review.data !== undefined && items.data !== undefined
  return (
    <>
      <div className={classes.controls}>
        <Link href={`/reviews/${reviewId}`}>Back to the review</Link>
        {isComplete && (
          <Button variant="default" size="xs" onClick={() => window.print()}>
            Print
          </Button>
        )}
      </div>
      <h1 className={classes.title}>{review.data?.name ?? 'Review'}</h1>
      {failed?.error != null && (
        <ErrorNotice
          error={failed.error}
          retry={() => {
            void review.refetch()
            void items.refetch()
          }}
        />
      )}
      {!isComplete && failed === undefined && <Skeleton height={480} />}
      {isComplete && (
        <>
          <PrintedSummary review={review.data} />
          <PrintedItems items={items.data} />
        </>
      )}
    </>
  )
}
