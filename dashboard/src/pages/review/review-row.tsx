import type { WireReviewItem } from '../../../../shared/contracts/review-items-contract.ts'
import { Badge } from '../../components/badge.tsx'
import { Icon } from '../../components/icon.tsx'
import { CHANGE_WORDS, DECISION_WORDS, OUTCOME_WORDS } from '../../components/review-words.ts'
import { lastUseInWords, standingInWords, subtitleOf } from './evidence-terms.ts'
import classes from './review-grid.module.css'
import type { ShownDecision } from './shown-decision.ts'

/** The cells of an item: who or what, what changed, how they stand, and the decision with its state. */
export function ReviewRow({
  item,
  shown,
  now,
  showsOrganization,
  selection,
}: {
  item: WireReviewItem
  shown: ShownDecision
  now: Date
  /** False with one organization, which no row need name. */
  showsOrganization: boolean
  /** Undefined where nothing can be selected. */
  selection: { readonly isSelected: boolean; readonly toggle: () => void } | undefined
}) {
  const { change } = item.evidence
  const subtitle = [subtitleOf(item), showsOrganization ? item.integrationName : null].filter(isKnown).join(' · ')
  return (
    <>
      {selection !== undefined && (
        <span role="gridcell" className={classes.select} onClick={selection.toggle}>
          <span className={classes.check} data-checked={selection.isSelected}>
            {selection.isSelected && <Icon name="check" size={13} />}
          </span>
        </span>
      )}
      <span role="gridcell" className={classes.who}>
        <span className={classes.name}>
          <span className={classes.label}>{item.subject.label}</span>
          {change !== null && change !== 'unchanged' && (
            <Badge kind={CHANGE_WORDS[change].kind}>{CHANGE_WORDS[change].label}</Badge>
          )}
        </span>
        <span className={classes.line} title={subtitle}>
          {subtitle}
        </span>
      </span>
      <span role="gridcell" className={classes.facts}>
        <span className={classes.line}>{standingInWords(item)}</span>
        <span className={classes.line}>{lastUseInWords(item, now)}</span>
      </span>
      <span role="gridcell" className={classes.decision}>
        <DecisionState item={item} shown={shown} />
      </span>
    </>
  )
}

function DecisionState({ item: { outcome }, shown }: { item: WireReviewItem; shown: ShownDecision }) {
  const { decision, saved, isOverruled, isOwnAccess } = shown
  if (decision === null) return <span className={classes.open}>{isOwnAccess ? 'Own access' : 'Undecided'}</span>
  const { label, kind } = DECISION_WORDS[decision.value]
  return (
    <>
      <Badge kind={saved === null ? 'plain' : kind}>{label}</Badge>
      <span className={classes.line}>
        {saved === null && 'Saving…'}
        {saved !== null && outcome !== null && OUTCOME_WORDS[outcome.state].label}
        {saved !== null && outcome === null && (isOverruled ? `Changed by ${saved.by.email}` : saved.by.email)}
      </span>
    </>
  )
}

function isKnown(text: string | null): boolean {
  return text !== null
}
