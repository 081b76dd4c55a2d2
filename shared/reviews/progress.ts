import { recordOf } from '../data-sets/data-set.ts'
import { OUTCOME_STATES, REVIEW_DECISIONS } from '../domain/review.ts'
import type { Outcome } from './outcome.ts'
import type { Decision, DecisionCounts } from './review.ts'

/** How many items have each decision. */
export function countDecisions(decisions: Iterable<Pick<Decision, 'value'>>): DecisionCounts {
  const byValue = Map.groupBy(decisions, ({ value }) => value)
  return recordOf(REVIEW_DECISIONS, (value) => byValue.get(value)?.length ?? 0)
}

/** How many removals are in each state. */
export function countOutcomes(outcomes: Iterable<Pick<Outcome, 'state'>>) {
  const byState = Map.groupBy(outcomes, ({ state }) => state)
  return recordOf(OUTCOME_STATES, (state) => byState.get(state)?.length ?? 0)
}

/** How many items are decided. */
export function decidedIn(counts: DecisionCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
