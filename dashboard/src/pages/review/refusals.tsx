import { Notice } from '../../components/notice.tsx'
import { DECISION_WORDS } from '../../components/review-words.ts'
import { SteadyButton } from '../../components/steady-button.tsx'
import { formatCount } from '../../format/format-number.ts'
import { listInWords } from '../../format/list-in-words.ts'
import { isClosed, type DecisionQueue, type Refusal } from './decision-queue.ts'
import classes from './work-list.module.css'

const NAMES_SHOWN = 3

/** Decisions that were not saved, why, and what can be done about it. */
export function Refusals({
  queue,
  refusals,
  labelOf,
}: {
  queue: DecisionQueue
  refusals: readonly Refusal[]
  labelOf: (itemId: string) => string
}) {
  const send = ({ itemIds, decision }: Refusal) => queue.decide(itemIds, decision)
  return (
    <div role="alert">
      {refusals.map((refusal) => (
        <Notice
          key={refusal.itemIds[0]}
          kind="bad"
          title={`Not saved: ${DECISION_WORDS[refusal.decision.value].label.toLowerCase()} ${namesOf(refusal, labelOf)}`}
        >
          <div>{refusal.error.message}</div>
          <div className={classes.buttons}>
            {!isClosed(refusal) && (
              <SteadyButton
                variant="default"
                size="xs"
                onClick={() => {
                  queue.dismiss(refusal)
                  send(refusal)
                }}
              >
                Send again
              </SteadyButton>
            )}
            <SteadyButton variant="default" size="xs" onClick={() => queue.dismiss(refusal)}>
              Leave it
            </SteadyButton>
          </div>
        </Notice>
      ))}
    </div>
  )
}

function namesOf({ itemIds }: Refusal, labelOf: (itemId: string) => string): string {
  if (itemIds.length <= NAMES_SHOWN) return listInWords(itemIds.map(labelOf))
  return formatCount(itemIds.length, 'item')
}
