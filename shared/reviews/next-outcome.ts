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

/** An outcome after its integration was deleted. Undefined if nothing changes: what was done stays so. */
export function outcomeAfterDeletion(outcome: Outcome): Outcome | undefined {
  return isOpen(outcome) ? { ...outcome, state: 'unknown', found: null } : undefined
}
