import type { WireReview } from '../../../shared/contracts/reviews-contract.ts'
import { canonicalHash } from '../../../shared/reviews/canonical-json.ts'
import { decisionsOf, requireUnchanged, signedText } from '../../../shared/reviews/evidence.ts'
import { countDecisions } from '../../../shared/reviews/progress.ts'
import type { Decision, FrozenDecisions, Review } from '../../../shared/reviews/review.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { ApiError } from '../http/api-errors.ts'
import type { Principal } from '../http/caller.ts'
import { wireReview } from './read-reviews.ts'
import { storeOutcomes } from './store-outcomes.ts'
import type { ReviewCache } from './review-cache.ts'
import { requireReviewer } from './reviewer.ts'
import { getVisibleReview, requireOpen, requireVisible } from './visible-review.ts'

export type CompleteDependencies = Pick<
  ApiDependencies,
  | 'reviews'
  | 'reviewParts'
  | 'reviewDecisions'
  | 'outcomes'
  | 'integrations'
  | 'signer'
  | 'now'
  | 'newId'
  | 'keepReviewsDays'
>

/**
 * Ends a review in which every item is decided: closes it to decisions, copies and hashes them, and signs both hashes. Repeating the call
 * finishes an interrupted one. Throws `NotFoundError`, `ForbiddenError` without an address, and `ApiError` with `review_incomplete` or, for
 * a review that is completed already, `review_completed`.
 */
export async function completeReview(
  deps: CompleteDependencies,
  cache: ReviewCache,
  id: string,
  principal: Principal,
): Promise<WireReview> {
  const by = requireReviewer(principal)
  const review = await getVisibleReview(deps, id)
  if (review.lifecycle !== 'completing') {
    requireOpen(review)
    requireDecided(review, (await cache.decisions(review)).size)
    const at = deps.now().toISOString()
    await deps.reviews.updateReview(id, (current) =>
      current.lifecycle === 'open' ? { ...current, lifecycle: 'completing', closed: { at, by } } : undefined,
    )
  }
  return wireReview(deps, requireVisible(await finishCompletion(deps, cache, id)))
}

function requireDecided({ evidence }: Review, decided: number): void {
  const left = evidence.items - decided
  if (left === 0) return
  throw new ApiError('review_incomplete', `${left} of ${evidence.items} items are not decided yet.`)
}

/**
 * Takes a closed review through the rest of its completion. Each step is stored on condition that it was not yet, and the next one follows
 * from what is stored, so that several processes at once end with the same review. Returns the review as it is then.
 */
export async function finishCompletion(
  deps: CompleteDependencies,
  cache: ReviewCache,
  id: string,
): Promise<Review | undefined> {
  const closed = await deps.reviews.findReview(id)
  if (closed?.lifecycle !== 'completing') return closed
  const copied = closed.decisions === null ? await copyDecisions(deps, cache, closed) : closed
  if (copied?.lifecycle !== 'completing' || copied.decisions === null) return copied
  const { decisions } = copied
  requireUnchanged(copied, await deps.reviewParts.readOrganizations(copied), await deps.reviewParts.readItems(copied))
  const signature = await sign(deps, copied, decisions)
  await storeOutcomes(deps, copied, await cache.items(copied), await cache.decisions(copied))
  return deps.reviews.updateReview(id, (current) =>
    current.lifecycle === 'completing' ? { ...current, lifecycle: 'completed', signature } : undefined,
  )
}

/**
 * Copies the decisions that count after the review was closed. Each attempt copies the same ones under an id of its own, and the first copy
 * that the review names is the one that is read.
 */
async function copyDecisions(
  deps: CompleteDependencies,
  cache: ReviewCache,
  review: Review,
): Promise<Review | undefined> {
  await deps.reviewDecisions.refuseUnconfirmed(review.id)
  const [items, live] = await Promise.all([cache.items(review), cache.decisions(review)])
  const ordered = items.flatMap((item): readonly Decision[] => {
    const decision = live.get(item.id)
    return decision === undefined ? [] : [decision]
  })
  const copyId = deps.newId()
  const parts = await deps.reviewParts.writeDecisions(review.id, copyId, ordered)
  const hash = canonicalHash(decisionsOf(review, review.closed, ordered))
  const decisions = { copyId, parts, hash, counts: countDecisions(ordered) }
  return deps.reviews.updateReview(review.id, (current) =>
    current.lifecycle === 'completing' && current.decisions === null ? { ...current, decisions } : undefined,
  )
}

async function sign(
  { signer }: CompleteDependencies,
  { id, evidence }: Review,
  decisions: FrozenDecisions,
): Promise<Review['signature']> {
  const text = signedText({ reviewId: id, evidenceHash: evidence.hash, decisionsHash: decisions.hash })
  const signature = await signer.sign(Buffer.from(text, 'utf8'))
  const { keyId } = await signer.publicKey()
  return { keyId, value: Buffer.from(signature).toString('base64') }
}
