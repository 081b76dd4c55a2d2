import type { OutcomeState, ReviewItemKind } from '../domain/review.ts'

/** Whether one removal that a completed review decided was carried out. Syncs update it. */
export interface Outcome {
  readonly reviewId: string
  readonly integrationId: string
  readonly itemId: string
  readonly subject: { readonly kind: ReviewItemKind; readonly id: string; readonly label: string }
  /** When the review was completed. ISO 8601 UTC with milliseconds. */
  readonly decidedAt: string
  readonly state: OutcomeState
  /** The sync that found it, and when it was published. Null while none did. */
  readonly found: { readonly syncId: string; readonly at: string } | null
}
