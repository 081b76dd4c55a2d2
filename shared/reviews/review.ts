import { addDays } from '../domain/day.ts'
import type { ReviewDecision, ReviewPopulation, ReviewState } from '../domain/review.ts'

/** Who works on a review: the subject of the token and its address. */
export interface Reviewer {
  readonly subject: string
  readonly email: string
}

/** A data set that was not whole and current when a review was created. */
export interface IncompleteDataSet {
  readonly integrationId: string
  readonly integrationName: string
  readonly dataSet: string
  readonly state: string
}

/** The decision on one item. */
export interface Decision {
  readonly itemId: string
  readonly value: ReviewDecision
  readonly note: string | null
  readonly by: Reviewer
  /** ISO 8601 UTC with milliseconds. */
  readonly at: string
}

/** How many items have each decision. */
export type DecisionCounts = Readonly<Record<ReviewDecision, number>>

/** The immutable copy of the decisions. */
export interface FrozenDecisions {
  /** Tells the copies of several attempts at the same completion apart. */
  readonly copyId: string
  readonly parts: number
  readonly hash: string
  readonly counts: DecisionCounts
}

/** What is stored of the signature. The signed text follows from the review. */
interface StoredSignature {
  readonly keyId: string
  /** In DER, as base64. */
  readonly value: string
}

/** `creating` and `deleting` ones are in no answer. */
export const REVIEW_LIFECYCLES = ['creating', 'open', 'completing', 'completed', 'deleting'] as const
export type ReviewLifecycle = (typeof REVIEW_LIFECYCLES)[number]

/** A review without its items. Times are ISO 8601 UTC with milliseconds. */
export interface Review {
  readonly id: string
  readonly name: string
  readonly population: ReviewPopulation
  /** The organizations, as they were called when the review was created. */
  readonly integrations: readonly { readonly id: string; readonly name: string; readonly provider: string }[]
  readonly dueOn: string | null
  /** What was accepted as incomplete. */
  readonly incomplete: readonly Omit<IncompleteDataSet, 'integrationName'>[]
  readonly createdAt: string
  readonly createdBy: Reviewer
  /** The frozen evidence: its hash, how many items it has, and in how many parts it is stored. */
  readonly evidence: {
    readonly hash: string
    readonly items: number
    readonly itemParts: number
    readonly organizationParts: number
  }
  readonly lifecycle: ReviewLifecycle
  /** When it was closed to decisions, and by whom. Null while it is open. */
  readonly closed: { readonly at: string; readonly by: Reviewer } | null
  /** Null until the decisions of a closed review are copied. */
  readonly decisions: FrozenDecisions | null
  readonly signature: StoredSignature | null
  /** Null unless it is being deleted. */
  readonly deletingSince: string | null
  /** The version for optimistic locking: each write increases it and requires the previous value. */
  readonly revision: number
}

/** A review with a state that answers show. */
export type VisibleReview = Review & { readonly lifecycle: ReviewState }

export function isVisible(review: Review): review is VisibleReview {
  return review.lifecycle !== 'creating' && review.lifecycle !== 'deleting'
}

/** The day on which a completed review is deleted. Null for others. */
export function keptUntil({ lifecycle, closed }: Review, keepDays: number): string | null {
  if (lifecycle !== 'completed' || closed === null) return null
  return addDays(closed.at.slice(0, 10), keepDays)
}
