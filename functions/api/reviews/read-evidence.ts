import { reviewColumns } from '../../../shared/contracts/review-columns.ts'
import type { WireReviewEvidence, WireSigningKey } from '../../../shared/contracts/review-evidence-contract.ts'
import { decisionsOf, evidenceOf } from '../../../shared/reviews/evidence.ts'
import type { VisibleReview } from '../../../shared/reviews/review.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { type CsvAnswer, toCsv } from '../http/csv.ts'
import { readJudgedItems, wireReview } from './read-reviews.ts'
import type { ReviewCache } from './review-cache.ts'
import { toWireItem, toWireOutcome } from './to-wire-review.ts'
import { getVisibleReview } from './visible-review.ts'

type EvidenceDependencies = Pick<
  ApiDependencies,
  'reviews' | 'reviewParts' | 'reviewDecisions' | 'outcomes' | 'keepReviewsDays'
>

/** The whole review. Of an open one, the decisions so far. Throws `NotFoundError`. */
export async function getEvidence(
  deps: EvidenceDependencies,
  cache: ReviewCache,
  id: string,
): Promise<WireReviewEvidence> {
  const review = await getVisibleReview(deps, id)
  const [judged, organizations, wire] = await Promise.all([
    readJudgedItems(deps, cache, review),
    deps.reviewParts.readOrganizations(review),
    wireReview(deps, review),
  ])
  const evidence = evidenceOf(
    review,
    organizations,
    judged.map(({ item }) => item),
  )
  const decided = judged.flatMap(({ decision }) => decision ?? [])
  const decisions = decisionsOf(review, closedIn(review), decided)
  return {
    review: wire,
    evidence: { ...evidence, ...mutable(evidence) },
    evidenceHash: wire.evidenceHash,
    decisions: { ...decisions, items: decisions.items },
    decisionsHash: wire.decisionsHash,
    signature: wire.signature,
    outcomes: judged.flatMap(({ item, outcome }) =>
      outcome === undefined ? [] : [{ ...toWireOutcome(outcome), itemId: item.id }],
    ),
  }
}

/** The same as CSV, without hashes and signature: a row for each item. Throws `NotFoundError`. */
export async function exportEvidence(deps: EvidenceDependencies, cache: ReviewCache, id: string): Promise<CsvAnswer> {
  const review = await getVisibleReview(deps, id)
  const items = (await readJudgedItems(deps, cache, review)).map(toWireItem)
  return {
    text: toCsv(reviewColumns[review.population === 'keys' ? 'key' : 'member'], items),
    fileName: `rollcall-review-${id}.csv`,
    asOf: null,
  }
}

/** The public key with which signatures can be verified. */
export async function getSigningKey({ signer }: Pick<ApiDependencies, 'signer'>): Promise<WireSigningKey> {
  const { keyId, pem } = await signer.publicKey()
  return { keyId, algorithm: 'ECDSA_SHA_256', publicKey: pem }
}

/** Nothing is final before the review is completed. */
function closedIn({ lifecycle, closed }: VisibleReview) {
  return lifecycle === 'completed' ? closed : null
}

/** Answers have lists that can be changed. */
function mutable({ organizations, items }: ReturnType<typeof evidenceOf>) {
  return {
    organizations: organizations.map((each) => ({
      ...each,
      companyDomains: [...each.companyDomains],
      dataSets: [...each.dataSets],
    })),
    items: [...items],
  }
}
