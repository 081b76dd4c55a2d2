import { Link } from 'wouter'
import type { WireReview } from '../../../../shared/contracts/reviews-contract.ts'
import { OUTCOME_STATES } from '../../../../shared/domain/review.ts'
import { writeView } from '../../components/address-view.ts'
import { Card } from '../../components/card.tsx'
import { Figures } from '../../components/figures.tsx'
import { OUTCOME_WORDS } from '../../components/review-words.ts'
import { formatCount, formatNumber } from '../../format/format-number.ts'
import classes from './review-page.module.css'

/** Which removals of a completed review were done. Each figure leads to its items. */
export function RemovalsCard({ review: { id, progress } }: { review: WireReview }) {
  const { outcomes, byDecision } = progress
  if (outcomes === null || byDecision.remove === 0) {
    return (
      <Card title="Removals">
        <p className={classes.text}>Nobody and nothing was decided to be removed.</p>
      </Card>
    )
  }
  return (
    <Card
      title="Removals"
      lead={`Each sync looks whether the ${formatCount(byDecision.remove, 'removal')} were done. Rollcall itself removes nobody.`}
    >
      <Figures
        items={OUTCOME_STATES.map((state) => ({
          label: OUTCOME_WORDS[state].label,
          value: (
            <Link className={classes.outcome} href={`/reviews/${id}?${writeView({ outcome: state }).toString()}`}>
              {formatNumber(outcomes[state])}
            </Link>
          ),
          note: OUTCOME_WORDS[state].meaning,
        }))}
      />
    </Card>
  )
}
