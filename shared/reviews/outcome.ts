import type { OutcomeState, ReviewItemKind } from '../domain/review.ts'

/** Whose or which access was to be removed. */
export interface OutcomeSubject {
  readonly kind: ReviewItemKind
  readonly id: string
  readonly label: string
  /**
   * Of a key: its project or workspace, since a sync may not be able to read the keys of some. Null for keys of the whole organization,
   * and for members.
   */
  readonly projectId: string | null
}

/** Whether one removal that a completed review decided was carried out. Syncs update it. */
export interface Outcome {
  readonly reviewId: string
  /** As the review was called: it keeps its name. */
  readonly reviewName: string
  readonly integrationId: string
  readonly itemId: string
  readonly subject: OutcomeSubject
  /** When the review was completed. ISO 8601 UTC with milliseconds. */
  readonly decidedAt: string
  readonly state: OutcomeState
  /** The sync that found it, and when it was published. Null while none did. */
  readonly found: { readonly syncId: string; readonly at: string } | null
}

/** An outcome whose removal is still to be carried out. */
export interface OpenOutcome extends Outcome {
  readonly state: 'pending' | 'returned'
}

export function isOpen<Each extends Outcome>(outcome: Each): outcome is Each & OpenOutcome {
  return outcome.state === 'pending' || outcome.state === 'returned'
}
