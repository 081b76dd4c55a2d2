import type { KeyboardEvent } from 'react'
import type { WireReview } from '../../../../shared/contracts/reviews-contract.ts'
import { RestoreFocus } from '../../components/restore-focus.tsx'
import type { DecisionQueue, QueueState } from './decision-queue.ts'
import { DecisionControls } from './decision-controls.tsx'
import { EvidencePanel } from './evidence-panel.tsx'
import { NoteForm } from './note-form.tsx'
import { ReviewGrid } from './review-grid.tsx'
import { keyAction, type KeyAction } from './review-keys.ts'
import { nextUndecided } from './shown-decision.ts'
import { useCursor } from './use-cursor.ts'
import { useDeciding } from './use-deciding.ts'
import type { LoadedItems } from './use-loaded-items.ts'
import type { Selection } from './use-selection.ts'
import classes from './work-list.module.css'

/** The items, and beside them the evidence of the current one with what decides on it: by key, while one of them has the focus. */
export function ReviewDesk({
  review,
  loaded,
  queue,
  state,
  selection,
}: {
  review: WireReview
  loaded: LoadedItems
  queue: DecisionQueue
  state: QueueState
  /** Undefined when nothing can be decided: for viewers, and once the review is closed. */
  selection: Selection | undefined
}) {
  const { items, total, onEnd } = loaded
  const cursor = useCursor(items ?? [], () => nextUndecided(items ?? [], state, -1) ?? 0)
  const deciding = useDeciding({ queue, cursor, loaded })
  const { current, shown } = deciding
  const mayDecide = selection !== undefined
  const act = (action: KeyAction) => {
    if (action.kind === 'go') cursor.moveTo(action.to)
    else if (!mayDecide || current === undefined) return
    else if (action.kind === 'decide') deciding.decide(action.decision)
    else if (action.kind === 'note') deciding.openNote()
    else selection.toggle(current.id)
  }
  const press = (event: KeyboardEvent) => {
    if (isTyping(event.target)) return
    const action = keyAction(event, { index: cursor.index, count: items?.length ?? 0 })
    // On a button, only the keys that decide.
    const isOnRow = event.target instanceof Element && event.target.closest('[role=grid]') !== null
    if (action === undefined || (!isOnRow && (action.kind === 'go' || action.kind === 'select'))) return
    event.preventDefault()
    act(action)
  }
  return (
    <RestoreFocus className={undefined} target={searchField}>
      <div className={classes.columns} onKeyDown={press}>
        <ReviewGrid
          items={items}
          total={total}
          state={state}
          cursor={cursor}
          selection={selection}
          showsOrganization={review.integrations.length > 1}
          onEnd={onEnd}
        />
        <div className={classes.aside}>
          {current !== undefined && shown !== undefined && (
            <EvidencePanel item={current} shown={shown} place={cursor.index} total={total}>
              {mayDecide && <Decide deciding={deciding} />}
            </EvidencePanel>
          )}
        </div>
      </div>
      <div className="visually-hidden" role="status">
        {deciding.announcement}
      </div>
    </RestoreFocus>
  )
}

/** The buttons, or the note that is being written. */
function Decide({ deciding }: { deciding: ReturnType<typeof useDeciding> }) {
  const { current, shown, noteFor, draft } = deciding
  if (current === undefined) return null
  if (noteFor === undefined) {
    return (
      <>
        <DecisionControls current={shown?.decision?.value} onDecide={deciding.decide} onNote={deciding.openNote} />
        {draft !== undefined && <p className={classes.draft}>Note to be saved with the decision: “{draft}”</p>}
      </>
    )
  }
  const isException = noteFor === 'exception'
  return (
    <NoteForm
      key={current.id}
      label={isException ? 'Why do they keep what they have?' : `Note on ${current.subject.label}`}
      initial={draft ?? shown?.decision?.note ?? ''}
      isRequired={isException || shown?.decision?.value === 'exception'}
      save={isException ? 'Save the exception' : 'Save the note'}
      onSave={deciding.saveNote}
      onCancel={deciding.cancelNote}
    />
  )
}

/** Gets the focus when controls are removed with what they act on. */
export function searchField(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[role=search] input')
}

/** True while somebody types or chooses: then keys mean what they write. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input:not([type=checkbox]), textarea, select') !== null
}
