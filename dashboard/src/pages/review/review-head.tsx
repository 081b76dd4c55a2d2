import { Link } from 'wouter'
import type { WireReview } from '../../../../shared/contracts/reviews-contract.ts'
import { Badge } from '../../components/badge.tsx'
import {
  isOverdue,
  organizationsInWords,
  POPULATION_WORDS,
  progressInWords,
  REVIEW_STATE_WORDS,
} from '../../components/review-words.ts'
import { formatNumber } from '../../format/format-number.ts'
import { formatDay, formatUtcDate } from '../../format/format-time.ts'
import { useNow } from '../../format/use-now.ts'
import classes from './review-page.module.css'

/** The name of a review, what it is about, and how far it is. Undefined while it is loading. */
export function ReviewHead({ review }: { review: WireReview | undefined }) {
  const now = useNow()
  if (review === undefined) return <h1 className={classes.title}>Review</h1>
  const { id, name, population, integrations, createdAt, createdBy, dueOn, completedAt, completedBy, state } = review
  const { label, kind } = REVIEW_STATE_WORDS[state]
  return (
    <>
      <div className={classes.head}>
        <h1 className={classes.title}>{name}</h1>
        <Badge kind={kind}>{label}</Badge>
        {isOverdue(review, now) && <Badge kind="bad">Overdue</Badge>}
      </div>
      <p className={classes.facts}>
        <span>
          {POPULATION_WORDS[population].label} in {organizationsInWords(integrations)}
        </span>
        <span>
          Created {formatUtcDate(createdAt)} by {createdBy.email}
        </span>
        {completedAt !== null && completedBy !== null && (
          <span>
            Completed {formatUtcDate(completedAt)} by {completedBy.email}
          </span>
        )}
        {dueOn !== null && <span>Due {formatDay(dueOn)} (UTC)</span>}
        <Link href={`/reviews/${id}/print`}>Print all items</Link>
      </p>
      <Progress review={review} />
    </>
  )
}

function Progress({ review: { progress } }: { review: WireReview }) {
  const { items, decided, byDecision } = progress
  return (
    <div className={classes.progress}>
      <progress className={classes.bar} max={Math.max(items, 1)} value={decided} aria-label="Decided" />
      {progressInWords(progress)}: {formatNumber(byDecision.keep)} keep, {formatNumber(byDecision.remove)} remove,{' '}
      {formatNumber(byDecision.exception)} as an exception
    </div>
  )
}
