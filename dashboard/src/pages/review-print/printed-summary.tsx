import type { WireReview } from '../../../../shared/contracts/reviews-contract.ts'
import {
  POPULATION_WORDS,
  progressInWords,
  removalsInWords,
  REVIEW_STATE_WORDS,
} from '../../components/review-words.ts'
import { formatNumber } from '../../format/format-number.ts'
import { formatDay, formatExact } from '../../format/format-time.ts'
import { IncompleteNotice } from '../review/incomplete-notice.tsx'
import classes from './review-print-page.module.css'

/** What a review is about, how it ended, and its hashes. */
export function PrintedSummary({ review }: { review: WireReview }) {
  return (
    <>
      <dl className={classes.terms}>
        {Object.entries(termsOf(review)).map(([term, text]) =>
          text === undefined ? null : (
            <TermAndText key={term} term={term}>
              {text}
            </TermAndText>
          ),
        )}
      </dl>
      <IncompleteNotice review={review} />
    </>
  )
}

function TermAndText({ term, children }: { term: string; children: string }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  )
}

function termsOf(review: WireReview): Readonly<Record<string, string | undefined>> {
  const { population, integrations, state, createdAt, createdBy, completedAt, completedBy, dueOn, progress } = review
  const { keep, remove, exception } = progress.byDecision
  const counts = `${formatNumber(keep)} keep, ${formatNumber(remove)} remove, ${formatNumber(exception)} as an exception`
  return {
    Reviewed: `${POPULATION_WORDS[population].label}: ${POPULATION_WORDS[population].meaning}`,
    Organizations: integrations.map(({ name }) => name).join(', '),
    State: REVIEW_STATE_WORDS[state].label,
    Created: `${formatExact(createdAt)} by ${createdBy.email}`,
    Completed: completedAt === null ? undefined : `${formatExact(completedAt)} by ${completedBy?.email ?? ''}`,
    Due: dueOn === null ? undefined : `${formatDay(dueOn)} (UTC)`,
    Decisions: `${progressInWords(progress)}: ${counts}`,
    Removals: removalsInWords(progress),
    'Hash of the evidence': review.evidenceHash,
    'Hash of the decisions': review.decisionsHash ?? undefined,
    'Signed with the key': review.signature?.keyId,
    Signature: review.signature?.value,
  }
}
