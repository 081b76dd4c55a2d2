import { useState } from 'react'
import { REVIEW_DECISIONS, type ReviewDecision } from '../../../../shared/domain/review.ts'
import { DECISION_WORDS } from '../../components/review-words.ts'
import { SteadyButton } from '../../components/steady-button.tsx'
import { formatCount, formatNumber } from '../../format/format-number.ts'
import classes from './bulk-bar.module.css'
import type { Decision } from './decision-queue.ts'
import { NoteForm } from './note-form.tsx'

/** Selects all items that match the filters, and decides on the selected ones at once. */
export function BulkBar({
  selected,
  total,
  isLoading,
  onSelectAll,
  onClear,
  onDecide,
}: {
  selected: number
  /** How many items match the filters. */
  total: number
  /** True while the items to select are being loaded. */
  isLoading: boolean
  onSelectAll: () => void
  onClear: () => void
  onDecide: (decision: Decision) => void
}) {
  const [isNoteOpen, setIsNoteOpen] = useState(false)
  const press = (value: ReviewDecision) => {
    if (value === 'exception') setIsNoteOpen(true)
    else onDecide({ value, note: null })
  }
  return (
    <div className={classes.bar} role="group" aria-label="Selected items">
      <SteadyButton variant="default" size="xs" busy={isLoading} off={total === 0} onClick={onSelectAll}>
        Select all {formatNumber(total)} shown
      </SteadyButton>
      {selected > 0 && (
        <>
          <span className={classes.count}>{formatCount(selected, 'item')} selected:</span>
          {REVIEW_DECISIONS.map((decision) => (
            <SteadyButton key={decision} variant="default" size="xs" onClick={() => press(decision)}>
              {DECISION_WORDS[decision].label}
              <span className="visually-hidden"> all selected</span>
            </SteadyButton>
          ))}
          <SteadyButton variant="subtle" size="xs" onClick={onClear}>
            Clear the selection
          </SteadyButton>
        </>
      )}
      {selected > 0 && isNoteOpen && (
        <div className={classes.form}>
          <NoteForm
            label={`Why do ${formatCount(selected, 'item')} stay?`}
            initial=""
            isRequired
            save="Save the exceptions"
            onSave={(note) => {
              setIsNoteOpen(false)
              onDecide({ value: 'exception', note })
            }}
            onCancel={() => setIsNoteOpen(false)}
          />
        </div>
      )}
    </div>
  )
}
