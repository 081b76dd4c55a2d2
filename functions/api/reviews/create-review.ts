import type { ReviewRequest, WireReview } from '../../../shared/contracts/reviews-contract.ts'
import { ORGANIZATIONS_AT_MOST } from '../../../shared/contracts/reviews-contract.ts'
import { REVIEW_ITEMS_AT_MOST } from '../../../shared/domain/review.ts'
import { canonicalHash } from '../../../shared/reviews/canonical-json.ts'
import { evidenceOf, type FrozenOrganization, incompleteIn } from '../../../shared/reviews/evidence.ts'
import { freezeItems } from '../../../shared/reviews/freeze-items.ts'
import { incompleteDataSets } from '../../../shared/reviews/incomplete.ts'
import { countDecisions } from '../../../shared/reviews/progress.ts'
import { type IncompleteDataSet, isVisible, type Review, type VisibleReview } from '../../../shared/reviews/review.ts'
import type { ReviewItem } from '../../../shared/reviews/review-item.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { asOf } from '../data/as-of.ts'
import type { OrganizationData } from '../data/snapshot-cache.ts'
import { ApiError, NotFoundError, ValidationError } from '../http/api-errors.ts'
import type { Principal } from '../http/caller.ts'
import type { PeopleIndex } from '../people/people-index.ts'
import { readPreviousItems } from './previous-reviews.ts'
import type { ReviewCache } from './review-cache.ts'
import { frozenOrganization, reviewedOrganization } from './reviewed-organization.ts'
import { requireReviewer } from './reviewer.ts'
import { toWireReview } from './to-wire-review.ts'

interface Sources {
  readonly people: PeopleIndex
  readonly cache: ReviewCache
}

/**
 * Creates a review: freezes its items with their evidence, and the hash of it. Throws `NotFoundError` for an unknown integration,
 * `ValidationError` for a review of nobody or of too many, `ApiError` with `data_incomplete`, and `ForbiddenError` without an address.
 */
export async function createReview(
  deps: ApiDependencies,
  { people, cache }: Sources,
  request: ReviewRequest,
  principal: Principal,
): Promise<WireReview> {
  const createdBy = requireReviewer(principal)
  const { organizations, roster } = await people.readOrganizations()
  const chosen = chosenFrom(organizations, request.integrationIds)
  const { name, population, dueOn = null } = request
  const id = deps.newId()
  const described = {
    id,
    name,
    population,
    integrations: chosen.map(({ integration }) => ({
      id: integration.id,
      name: integration.name,
      provider: integration.provider,
    })),
    incomplete: chosen.flatMap((data) => incompleteOf(deps, data, population)),
    createdAt: deps.now().toISOString(),
    createdBy,
  }
  if (!request.acceptIncomplete) requireComplete(incompleteIn(described))
  const ids = chosen.map(({ integration }) => integration.id)
  const previous = await readPreviousItems(deps, cache, population, ids)
  const reviewed = chosen.map((data) => reviewedOrganization(deps, data, previous.get(data.integration.id)))
  const items = freezeItems(reviewed, { population, thresholds: deps.findingThresholds, roster })
  requireSize(items.length)
  const frozen = { organizations: chosen.map(frozenOrganization), items }
  const hash = canonicalHash(evidenceOf(described, frozen.organizations, items))
  const review = await store(deps, { ...described, dueOn, hash }, frozen)
  return toWireReview(review, { counts: countDecisions([]), outcomes: null }, deps.keepReviewsDays)
}

/** The organizations of a request: all by default. */
function chosenFrom(
  organizations: readonly OrganizationData[],
  integrationIds: readonly string[] | undefined,
): readonly OrganizationData[] {
  if (integrationIds === undefined) {
    if (organizations.length <= ORGANIZATIONS_AT_MOST) return organizations
    throw new ValidationError([
      { field: 'integrationIds', message: `must choose at most ${ORGANIZATIONS_AT_MOST} of the organizations` },
    ])
  }
  const wanted = new Set(integrationIds)
  const chosen = organizations.filter(({ integration }) => wanted.has(integration.id))
  if (chosen.length < wanted.size) throw new NotFoundError('integration')
  return chosen
}

function incompleteOf(deps: ApiDependencies, data: OrganizationData, population: Review['population']) {
  const isStale = (dataSet: string) => asOf(deps, data, [dataSet])?.stale === true
  return incompleteDataSets(data.integration, population, isStale)
}

function requireComplete(incomplete: readonly IncompleteDataSet[]): void {
  if (incomplete.length === 0) return
  throw new ApiError(
    'data_incomplete',
    'Data that this review needs is not whole and current. Sync again, choose other organizations, or accept it with acceptIncomplete: the evidence then says so.',
    incomplete.map(({ integrationName, dataSet, state }) => ({
      field: 'acceptIncomplete',
      message: `“${integrationName}”: ${dataSet} is ${state}`,
    })),
  )
}

function requireSize(items: number): void {
  if (items === 0) throw new ValidationError([{ field: 'population', message: 'has nobody and nothing in it' }])
  if (items <= REVIEW_ITEMS_AT_MOST) return
  const message = `hold ${items} items, and a review has at most ${REVIEW_ITEMS_AT_MOST}: choose fewer organizations`
  throw new ValidationError([{ field: 'integrationIds', message }])
}

type Described = Omit<
  Review,
  'evidence' | 'lifecycle' | 'closed' | 'decisions' | 'signature' | 'deletingSince' | 'revision'
>

/** The item first, so that a crash leaves a trace that the clean-up finds. No answer shows it before all parts are stored. */
async function store(
  deps: ApiDependencies,
  { hash, ...described }: Described & { readonly hash: string },
  {
    organizations,
    items,
  }: { readonly organizations: readonly FrozenOrganization[]; readonly items: readonly ReviewItem[] },
): Promise<VisibleReview> {
  const evidence = { hash, items: items.length, itemParts: 0, organizationParts: 0 }
  const creating: Review = {
    ...described,
    evidence,
    lifecycle: 'creating',
    closed: null,
    decisions: null,
    signature: null,
    deletingSince: null,
    revision: 0,
  }
  await deps.reviews.createReview(creating)
  const parts = await deps.reviewParts.writeEvidence(described.id, organizations, items)
  const review = await deps.reviews.updateReview(described.id, (current) =>
    current.lifecycle === 'creating'
      ? { ...current, evidence: { ...evidence, ...parts }, lifecycle: 'open' }
      : undefined,
  )
  if (review === undefined || !isVisible(review)) throw new Error(`Creating the review ${described.id} took too long.`)
  return review
}
