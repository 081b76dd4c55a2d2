import * as z from 'zod'
import type { ReviewItemsQuery, WireReviewItem } from '../../../shared/contracts/review-items-contract.ts'
import type { WireReview } from '../../../shared/contracts/reviews-contract.ts'
import { searchTest } from '../../../shared/data-sets/directory/search-text.ts'
import type { ListOrder } from '../../../shared/data-sets/sorted-list.ts'
import type { Outcome } from '../../../shared/reviews/outcome.ts'
import { countDecisions } from '../../../shared/reviews/progress.ts'
import { isVisible, type VisibleReview } from '../../../shared/reviews/review.ts'
import type { ReviewItem } from '../../../shared/reviews/review-item.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { decodeCursor, encodeCursor, firstPage } from '../http/cursor.ts'
import { listPage } from '../http/list-page.ts'
import { isStorableId } from '../integrations/visible-integration.ts'
import type { ReviewCache } from './review-cache.ts'
import { type JudgedItem, toWireItem, toWireReview } from './to-wire-review.ts'
import { getVisibleReview } from './visible-review.ts'

type ReadDependencies = Pick<ApiDependencies, 'reviews' | 'reviewDecisions' | 'outcomes' | 'keepReviewsDays'>

/** A page of reviews, the newest first. */
export async function listReviews(
  deps: ReadDependencies,
  query: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: WireReview[]; nextCursor: string | null }> {
  const scope = { operationId: 'listReviews', integrationId: null, query: {} }
  const before = decodeCursor(scope, query.cursor, z.string().refine(isStorableId))
  const reviews = (await deps.reviews.listReviews()).filter(isVisible)
  const rest = before === undefined ? reviews : reviews.filter(({ id }) => id < before)
  const { items, last } = firstPage(rest, query.limit)
  const outcomes = await outcomesOf(deps, items)
  return {
    items: await Promise.all(items.map((review) => wireWith(deps, review, outcomes))),
    nextCursor: last === null ? null : encodeCursor(scope, last.id),
  }
}

/** One review with its progress. Throws `NotFoundError`. */
export async function getReview(deps: ReadDependencies, id: string): Promise<WireReview> {
  return wireReview(deps, await getVisibleReview(deps, id))
}

/** A review with its progress. */
export async function wireReview(deps: ReadDependencies, review: VisibleReview): Promise<WireReview> {
  return wireWith(deps, review, await outcomesOf(deps, [review]))
}

async function wireWith(
  deps: ReadDependencies,
  review: VisibleReview,
  outcomes: ReadonlyMap<string, readonly Outcome[]>,
): Promise<WireReview> {
  const counts = review.decisions?.counts ?? countDecisions(await deps.reviewDecisions.listDecisions(review.id))
  const ofReview = review.lifecycle === 'completed' ? (outcomes.get(review.id) ?? []) : null
  return toWireReview(review, { counts, outcomes: ofReview }, deps.keepReviewsDays)
}

/** The outcomes of reviews by their ids. Without a completed review, none are read. */
export async function outcomesOf(
  { outcomes }: Pick<ApiDependencies, 'outcomes'>,
  reviews: readonly VisibleReview[],
): Promise<ReadonlyMap<string, readonly Outcome[]>> {
  if (reviews.every(({ lifecycle }) => lifecycle !== 'completed')) return new Map()
  return Map.groupBy(await outcomes.listOutcomes(), ({ reviewId }) => reviewId)
}

/** Items are listed as they were frozen. */
interface PlacedItem extends JudgedItem {
  readonly place: number
}

const FROZEN_ORDER: ListOrder<PlacedItem> = {
  valueOf: ({ place }) => place,
  idOf: ({ item }) => item.id,
  descending: false,
  isWritten: false,
}

/** A page of the items of a review, in the order of its evidence. Throws `NotFoundError`. */
export async function listReviewItems(
  deps: ReadDependencies,
  cache: ReviewCache,
  reviewId: string,
  query: ReviewItemsQuery,
): Promise<{ items: WireReviewItem[]; nextCursor: string | null; total: number }> {
  const review = await getVisibleReview(deps, reviewId)
  const judged = await readJudgedItems(deps, cache, review)
  const selected = judged.map((each, place) => ({ ...each, place })).filter(itemTest(query))
  const scope = { operationId: 'listReviewItems', integrationId: null, query: { ...query, reviewId } }
  const { items, ...page } = listPage(scope, selected, FROZEN_ORDER)
  return { items: items.map(toWireItem), ...page }
}

/** The items of a review with their decisions and outcomes, in the order of its evidence. */
export async function readJudgedItems(
  deps: Pick<ApiDependencies, 'outcomes'>,
  cache: ReviewCache,
  review: VisibleReview,
): Promise<JudgedItem[]> {
  const [items, decisions, outcomes] = await Promise.all([
    cache.items(review),
    cache.decisions(review),
    outcomesOf(deps, [review]),
  ])
  const byItem = new Map((outcomes.get(review.id) ?? []).map((outcome) => [outcome.itemId, outcome]))
  return items.map((item) => ({ item, decision: decisions.get(item.id), outcome: byItem.get(item.id) }))
}

function itemTest(query: ReviewItemsQuery): (judged: JudgedItem) => boolean {
  const { integrationId, change, outcome: state } = query
  const isFound = query.q === undefined ? undefined : searchTest(query.q)
  return ({ item, decision, outcome }) =>
    (query.decision === undefined || (decision?.value ?? 'undecided') === query.decision) &&
    (state === undefined || outcome?.state === state) &&
    (change === undefined || item.evidence.change === change) &&
    (integrationId === undefined || item.integrationId === integrationId) &&
    (isFound === undefined || textsOf(item).some((text) => text !== null && isFound(text)))
}

function textsOf(item: ReviewItem): (string | null)[] {
  const { label } = item.subject
  if (item.kind === 'member') return [label, item.evidence.name, item.evidence.email]
  const { name, owner } = item.evidence
  return [label, name, owner?.name ?? null, owner?.email ?? null]
}
