import type { WireReviewItem } from '../../../../shared/contracts/review-items-contract.ts'
import type { Decision, QueueState, SavedDecision } from './decision-queue.ts'

/** The decision on an item, as the page shows it. */
export interface ShownDecision {
  /** Null while it is undecided. */
  readonly decision: Decision | null
  /** Who decided and when. Null while the decision is not saved. */
  readonly saved: SavedDecision | null
  /** Somebody else decided otherwise after this reviewer did. */
  readonly isOverruled: boolean
  readonly isOwnAccess: boolean
}

/** What waits to be saved comes first, then the newer of what was saved from here and what the list says. */
export function shownDecisionOf(item: Pick<WireReviewItem, 'id' | 'decision'>, state: QueueState): ShownDecision {
  const own = state.saved.get(item.id)
  const newer = own !== undefined && item.decision !== null && item.decision.at > own.at ? item.decision : undefined
  const saved = newer ?? own ?? item.decision
  const pending = state.pending.get(item.id)
  return {
    decision: pending ?? saved,
    saved: pending === undefined ? saved : null,
    isOverruled: pending === undefined && newer !== undefined && newer.by.subject !== own?.by.subject,
    isOwnAccess: state.ownAccess.has(item.id),
  }
}

/** The place of the next item to decide on: after `from`, or else from the start. Undefined when there is none. */
export function nextUndecided(
  items: readonly Pick<WireReviewItem, 'id' | 'decision'>[],
  state: QueueState,
  from: number,
): number | undefined {
  const isOpen = (item: Pick<WireReviewItem, 'id' | 'decision'>) => {
    const { decision, isOwnAccess } = shownDecisionOf(item, state)
    return decision === null && !isOwnAccess
  }
  const after = items.findIndex((item, place) => place > from && isOpen(item))
  const found = after === -1 ? items.findIndex((item, place) => place < from && isOpen(item)) : after
  return found === -1 ? undefined : found
}
