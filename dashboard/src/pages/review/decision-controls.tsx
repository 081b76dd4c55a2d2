import { REVIEW_DECISIONS, type ReviewDecision } from '../../../../shared/domain/review.ts'
import { DECISION_WORDS } from '../../components/review-words.ts'
import { SteadyButton } from '../../components/steady-button.tsx'
import classes from './evidence-panel.module.css'
import { DECISION_KEYS, NOTE_KEY } from './review-keys.ts'

/** The buttons that decide on the current item, each with its key. */
export function DecisionControls({
  current,
  onDecide,
  onNote,
}: {
  current: ReviewDecision | undefined
  /** An exception first asks for its note. */
  onDecide: (decision: ReviewDecision) => void
  onNote: () => void
}) {
  return (
    <div className={classes.buttons} role="group" aria-label="Decide">
      {REVIEW_DECISIONS.map((decision) => (
        <SteadyButton
          key={decision}
          size="compact-sm"
          variant={decision === current ? 'filled' : 'default'}
          onClick={() => onDecide(decision)}
        >
          {DECISION_WORDS[decision].label}&nbsp;<kbd aria-hidden="true">{DECISION_KEYS[decision]}</kbd>
        </SteadyButton>
      ))}
      <SteadyButton size="compact-sm" variant="default" onClick={onNote}>
        Note&nbsp;<kbd aria-hidden="true">{NOTE_KEY}</kbd>
      </SteadyButton>
    </div>
  )
}

/** The keys that work while an item has the focus. */
export function KeyLegend() {
  return (
    <p className={classes.legend}>
      <span>On an item:</span>
      <span>
        <kbd>k</kbd> keep
      </span>
      <span>
        <kbd>r</kbd> remove
      </span>
      <span>
        <kbd>e</kbd> exception
      </span>
      <span>
        <kbd>n</kbd> note
      </span>
      <span>
        <kbd>j</kbd> or arrows: next, back
      </span>
      <span>
        <kbd>x</kbd> select
      </span>
    </p>
  )
}
