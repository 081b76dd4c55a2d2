import type { WireReviewItem } from '../../../shared/contracts/review-items-contract.ts'
import type { WireReview, WireSignature } from '../../../shared/contracts/reviews-contract.ts'
import { incompleteIn, signedText } from '../../../shared/reviews/evidence.ts'
import type { Outcome } from '../../../shared/reviews/outcome.ts'
import { countOutcomes, decidedIn } from '../../../shared/reviews/progress.ts'
import {
  type Decision,
  type DecisionCounts,
  keptUntil,
  type Review,
  type VisibleReview,
} from '../../../shared/reviews/review.ts'
import type { ReviewItem } from '../../../shared/reviews/review-item.ts'

/** How far a review is. */
export interface Progress {
  readonly counts: DecisionCounts
  /** Of its removals. Null unless it is completed. */
  readonly outcomes: readonly Outcome[] | null
}

/** Maps a review to its wire format. */
export function toWireReview(review: VisibleReview, { counts, outcomes }: Progress, keepDays: number): WireReview {
  const isCompleted = review.lifecycle === 'completed'
  return {
    id: review.id,
    name: review.name,
    population: review.population,
    integrations: review.integrations.map((integration) => ({ ...integration })),
    dueOn: review.dueOn,
    state: review.lifecycle,
    incomplete: incompleteIn(review),
    createdAt: review.createdAt,
    createdBy: { ...review.createdBy },
    completedAt: isCompleted ? (review.closed?.at ?? null) : null,
    completedBy: isCompleted && review.closed ? { ...review.closed.by } : null,
    keptUntil: keptUntil(review, keepDays),
    evidenceHash: review.evidence.hash,
    decisionsHash: isCompleted ? (review.decisions?.hash ?? null) : null,
    signature: signatureOf(review),
    progress: {
      items: review.evidence.items,
      decided: decidedIn(counts),
      byDecision: { ...counts },
      outcomes: outcomes && { ...countOutcomes(outcomes) },
    },
  }
}

function signatureOf({ id, evidence, decisions, signature }: Review): WireSignature | null {
  if (signature === null || decisions === null) return null
  const signed = signedText({ reviewId: id, evidenceHash: evidence.hash, decisionsHash: decisions.hash })
  return { algorithm: 'ECDSA_SHA_256', keyId: signature.keyId, signed, value: signature.value }
}

/** An item with what is known of it now. */
export interface JudgedItem {
  readonly item: ReviewItem
  readonly decision: Decision | undefined
  readonly outcome: Outcome | undefined
}

/** Maps an item to its wire format. */
export function toWireItem({ item, decision, outcome }: JudgedItem): WireReviewItem {
  return {
    ...item,
    decision: decision === undefined ? null : toWireDecision(decision),
    outcome: outcome === undefined ? null : toWireOutcome(outcome),
  }
}

export function toWireDecision({ value, note, by, at }: Decision) {
  return { value, note, by: { ...by }, at }
}

export function toWireOutcome({ state, found }: Outcome) {
  return { state, syncId: found?.syncId ?? null, at: found?.at ?? null }
}
