import { useId, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { WireReviewItem } from '../../../../shared/contracts/review-items-contract.ts'
import { DECISION_WORDS, OUTCOME_WORDS } from '../../components/review-words.ts'
import { formatNumber } from '../../format/format-number.ts'
import { formatExact } from '../../format/format-time.ts'
import { useNow } from '../../format/use-now.ts'
import classes from './evidence-panel.module.css'
import { evidenceTerms, subjectHref } from './evidence-terms.ts'
import type { ShownDecision } from './shown-decision.ts'

/** The evidence of the current item and its decision. `children` are the controls to decide with. */
export function EvidencePanel({
  item,
  shown,
  place,
  total,
  children,
}: {
  item: WireReviewItem
  shown: ShownDecision
  /** Its place in the list, from 0. */
  place: number
  total: number
  children: ReactNode
}) {
  const now = useNow()
  const heading = useId()
  const { change } = item.evidence
  const isTelling = change !== null && change !== 'unchanged'
  return (
    <section className={classes.panel} aria-labelledby={heading}>
      <h2 id={heading} className={classes.name}>
        {item.subject.label}
      </h2>
      <p className={classes.place}>
        {formatNumber(place + 1)} of {formatNumber(total)}
      </p>
      <CurrentDecision shown={shown} />
      <Outcome item={item} />
      {children}
      <dl className={classes.terms}>
        {evidenceTerms(item, now).map(({ term, text }, index) => (
          <TermAndText key={term} term={term} text={text} isWarning={index === 0 && isTelling} />
        ))}
      </dl>
      <Link className={classes.link} href={subjectHref(item)}>
        {item.kind === 'member' ? 'Show the member as of now' : 'Show the keys as of now'}
      </Link>
    </section>
  )
}

function TermAndText({ term, text, isWarning }: { term: string; text: string; isWarning: boolean }) {
  return (
    <>
      <dt>{term}</dt>
      <dd data-warn={isWarning}>{text}</dd>
    </>
  )
}

function CurrentDecision({ shown: { decision, saved, isOverruled, isOwnAccess } }: { shown: ShownDecision }) {
  if (decision === null) {
    return (
      <p className={classes.current}>
        {isOwnAccess ? 'This is your own access: somebody else has to decide.' : 'Not decided yet.'}
      </p>
    )
  }
  return (
    <>
      <p className={classes.current}>
        <b>{DECISION_WORDS[decision.value].label}</b>
        {saved === null ? ', being saved…' : `, by ${saved.by.email} on ${formatExact(saved.at)}`}
      </p>
      {decision.note !== null && <p className={classes.note}>“{decision.note}”</p>}
      {isOverruled && <p className={classes.warn}>Decided after you did. The last decision stands.</p>}
    </>
  )
}

/** Whether the removal was done, and which sync found it. */
function Outcome({ item: { outcome, integrationName } }: { item: WireReviewItem }) {
  if (outcome === null) return null
  const { label, meaning } = OUTCOME_WORDS[outcome.state]
  return (
    <p className={classes.note}>
      Removal: <b>{label}</b>, {meaning}
      {outcome.at !== null && ` (sync of ${integrationName} on ${formatExact(outcome.at)})`}.
    </p>
  )
}
