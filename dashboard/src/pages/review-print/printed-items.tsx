import { memo } from 'react'
import type { WireReviewItem } from '../../../../shared/contracts/review-items-contract.ts'
import { CHANGE_WORDS, DECISION_WORDS, OUTCOME_WORDS } from '../../components/review-words.ts'
import { formatMoney } from '../../format/format-money.ts'
import { formatDay, formatUtcDate } from '../../format/format-time.ts'
import { standingInWords, subtitleOf } from '../review/evidence-terms.ts'
import classes from './review-print-page.module.css'

/** All items with their evidence and decisions in short. Days are in UTC. */
export const PrintedItems = memo(function PrintedItems({ items }: { items: readonly WireReviewItem[] }) {
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Items, scrollable">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Who or what</th>
            <th scope="col">Organization</th>
            <th scope="col">Role and seat, or owner</th>
            <th scope="col">Last use (UTC)</th>
            <th scope="col">Cost</th>
            <th scope="col">Since the last review</th>
            <th scope="col">Decision</th>
            <th scope="col">Removal</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <PrintedItem key={item.id} item={item} />
          ))}
        </tbody>
      </table>
    </div>
  )
})

function PrintedItem({ item }: { item: WireReviewItem }) {
  const { subject, integrationName, evidence, decision, outcome } = item
  const lastUse = item.kind === 'member' ? item.evidence.lastActiveOn : item.evidence.lastUsedOn
  return (
    <tr>
      <td>
        {subject.label}
        <span className={classes.small}>{subtitleOf(item)}</span>
      </td>
      <td>{integrationName}</td>
      <td>{standingInWords(item)}</td>
      <td className={classes.steady}>{lastUse === null ? 'None known' : formatDay(lastUse)}</td>
      <td className={classes.steady}>
        {evidence.cost === null ? '–' : formatMoney(evidence.cost.amount, evidence.cost.currency)}
      </td>
      <td>{evidence.change === null ? '–' : CHANGE_WORDS[evidence.change].label}</td>
      <td>
        {decision === null ? (
          'Undecided'
        ) : (
          <>
            {DECISION_WORDS[decision.value].label}
            <span className={classes.small}>
              {decision.by.email}, {formatUtcDate(decision.at)}
              {decision.note !== null && `: ${decision.note}`}
            </span>
          </>
        )}
      </td>
      <td>
        {outcome === null ? '–' : OUTCOME_WORDS[outcome.state].label}
        {outcome?.at != null && <span className={classes.small}>{formatUtcDate(outcome.at)}</span>}
      </td>
    </tr>
  )
}
