import type { Access } from './access.ts'
import { isOpen, type Outcome } from './outcome.ts'

/**
 * An outcome after a sync found what became of the access. It stays done while the access has ended, also when it is not known later;
 * access that is held again after that has returned. Undefined if nothing changes.
 */
export function nextOutcome(
  outcome: Outcome,
  access: Access,
  found: NonNullable<Outcome['found']>,
): Outcome | undefined {
  const { state } = outcome
  if (access === 'ended' && isOpen(outcome)) return { ...outcome, state: 'done', found }
  if (access === 'held' && state === 'done') return { ...outcome, state: 'returned', found }
  return undefined
}

/**
 * An outcome after a review that was closed at `closedAt` (ISO 8601 UTC with milliseconds) decided not to remove that access. Undefined if
 * nothing changes: what was done stays so, and a later decision counts.
 */
export function outcomeAfterKeeping(outcome: Outcome, closedAt: string): Outcome | undefined {
  return isOpen(outcome) && outcome.decidedAt < closedAt ? { ...outcome, state: 'withdrawn', found: null } : undefined
}

/** An outcome after its integration was deleted. Undefined if nothing changes: what was done stays so. */
export function outcomeAfterDeletion(outcome: Outcome): Outcome | undefined {
  return isOpen(outcome) ? { ...outcome, state: 'unknown', found: null } : undefined
}
