import { Link } from 'wouter'
import { useOpenReviews } from '../../api/review-queries.ts'
import { Notice } from '../../components/notice.tsx'
import { progressInWords } from '../../components/review-words.ts'
import { formatCount } from '../../format/format-number.ts'
import { formatDay } from '../../format/format-time.ts'

/** The open review that is due first, and how far it is. Nothing when none is open. */
export function OpenReviews() {
  const reviews = useOpenReviews() ?? []
  const [first, ...others] = reviews.toSorted((left, right) => orderOf(left).localeCompare(orderOf(right)))
  if (first === undefined) return null
  const { id, name, progress, dueOn } = first
  return (
    <Notice kind="info">
      <Link href={`/reviews/${id}`}>{name}</Link>: {progressInWords(progress)}
      {dueOn !== null && `, due on ${formatDay(dueOn)} (UTC)`}.
      {others.length > 0 && (
        <>
          {' '}
          <Link href="/reviews">
            {formatCount(others.length, 'more review')} {others.length === 1 ? 'is' : 'are'} open.
          </Link>
        </>
      )}
    </Notice>
  )
}

/** Those without a due day come last. */
function orderOf({ dueOn }: { readonly dueOn: string | null }): string {
  return dueOn ?? '9999'
}
