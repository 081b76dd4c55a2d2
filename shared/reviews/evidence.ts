import { canonicalHash, canonicalJson } from './canonical-json.ts'
import type { Decision, IncompleteDataSet, Review, Reviewer } from './review.ts'
import type { ReviewItem } from './review-item.ts'

/** How an organization was read when a review was created. */
export interface FrozenOrganization {
  readonly integrationId: string
  readonly integrationName: string
  readonly provider: string
  readonly companyDomains: readonly string[]
  readonly dataSets: readonly {
    readonly id: string
    readonly state: string
    readonly syncId: string | null
    readonly syncedAt: string | null
    readonly from: string | null
    readonly to: string | null
  }[]
}

type Described = Pick<Review, 'id' | 'name' | 'population' | 'createdAt' | 'createdBy' | 'integrations' | 'incomplete'>

/** The frozen part of a review, as the evidence file carries it. `evidenceHash` is of exactly this. */
export function evidenceOf(
  review: Described,
  organizations: readonly FrozenOrganization[],
  items: readonly ReviewItem[],
) {
  const { id, name, population, createdAt, createdBy } = review
  return {
    reviewId: id,
    name,
    population,
    createdAt,
    createdBy,
    organizations,
    incomplete: incompleteIn(review),
    items,
  }
}

/** The data sets that were accepted as incomplete, with the names of their organizations. */
export function incompleteIn({
  incomplete,
  integrations,
}: Pick<Review, 'integrations' | 'incomplete'>): IncompleteDataSet[] {
  const names = new Map(integrations.map(({ id, name }) => [id, name]))
  return incomplete.map(({ integrationId, dataSet, state }) => ({
    integrationId,
    integrationName: names.get(integrationId) ?? integrationId,
    dataSet,
    state,
  }))
}

interface Closed {
  readonly at: string
  readonly by: Reviewer
}

/** The decisions of a review, as the evidence file carries them. `decisionsHash` is of exactly this. */
export function decisionsOf(
  { id, evidence }: { readonly id: string; readonly evidence: Pick<Review['evidence'], 'hash'> },
  closed: Closed | null,
  decisions: readonly Decision[],
) {
  return {
    reviewId: id,
    evidenceHash: evidence.hash,
    completedAt: closed?.at ?? null,
    completedBy: closed?.by ?? null,
    items: decisions.map(({ value, note, by, at, itemId }) => ({ value, note, by, at, itemId })),
  }
}

/** The text that is signed. */
export function signedText(hashes: {
  readonly reviewId: string
  readonly evidenceHash: string
  readonly decisionsHash: string
}): string {
  const { reviewId, evidenceHash, decisionsHash } = hashes
  return canonicalJson({ reviewId, evidenceHash, decisionsHash })
}

/** The frozen evidence in the table is not what was hashed when the review was created. */
export class EvidenceChangedError extends Error {
  constructor(reviewId: string) {
    super(`The stored evidence of review ${reviewId} does not have the hash that it had when the review was created.`)
    this.name = 'EvidenceChangedError'
  }
}

/** Throws `EvidenceChangedError`. */
export function requireUnchanged(
  review: Described & Pick<Review, 'evidence'>,
  organizations: readonly FrozenOrganization[],
  items: readonly ReviewItem[],
): void {
  if (canonicalHash(evidenceOf(review, organizations, items)) !== review.evidence.hash) {
    throw new EvidenceChangedError(review.id)
  }
}
