import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { WireReview } from '../../../../shared/contracts/reviews-contract.ts'
import { Badge } from '../../components/badge.tsx'
import {
  isOverdue,
  organizationsInWords,
  POPULATION_WORDS,
  progressInWords,
  removalsInWords,
  REVIEW_STATE_WORDS,
} from '../../components/review-words.ts'
import { formatDay, formatUtcDate } from '../../format/format-time.ts'
import { useNow } from '../../format/use-now.ts'
import classes from './reviews-page.module.css'

/** Reviews as a table, or one below the other on a phone. */
export function ReviewTable({ reviews }: { reviews: readonly WireReview[] }) {
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Reviews, scrollable">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Review</th>
            <th scope="col">Who or what</th>
            <th scope="col">Organizations</th>
            <th scope="col">Due (UTC)</th>
            <th scope="col">Progress</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {reviews.map((review) => (
            <ReviewRow key={review.id} review={review} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ReviewRow({ review }: { review: WireReview }) {
  const { id, name, population, integrations, dueOn, state, createdAt, createdBy, completedAt, progress } = review
  const now = useNow()
  const removals = removalsInWords(progress)
  const { label, kind } = REVIEW_STATE_WORDS[state]
  return (
    <tr>
      <td>
        <Link className={classes.name} href={`/reviews/${id}`}>
          {name}
        </Link>
        <span className={classes.small}>
          Created {formatUtcDate(createdAt)} by {createdBy.email}
        </span>
      </td>
      <td>{POPULATION_WORDS[population].label}</td>
      <td className={classes.organizations}>{organizationsInWords(integrations)}</td>
      <LabeledCell label="Due">
        {dueOn === null ? '–' : formatDay(dueOn)} {isOverdue(review, now) && <Badge kind="bad">Overdue</Badge>}
      </LabeledCell>
      <td className={classes.progress}>
        {progressInWords(progress)}
        {removals !== undefined && <span className={classes.small}>{removals}</span>}
      </td>
      <td>
        <Badge kind={kind}>{label}</Badge>
        {completedAt !== null && <span className={classes.small}>{formatUtcDate(completedAt)}</span>}
      </td>
    </tr>
  )
}

/** A value under its head, or after its own label on a phone. */
function LabeledCell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <td>
      <span className={classes.label}>{label} </span>
      {children}
    </td>
  )
}
