import { LRU } from 'tiny-lru'
import type { Decision, Review } from '../../../shared/reviews/review.ts'
import type { ReviewItem } from '../../../shared/reviews/review-item.ts'
import type { ApiDependencies } from '../api-dependencies.ts'

/** Of 10,000 items each, they take 12 MB with their decisions. */
const REVIEWS_KEPT = 4

type Decisions = ReadonlyMap<string, Decision>
type CacheDependencies = Pick<ApiDependencies, 'reviewParts' | 'reviewDecisions'>

/** Keeps the frozen content of the most recently used reviews in memory. It never changes, so entries are never stale. */
export class ReviewCache {
  private readonly deps: CacheDependencies
  private readonly frozenItems = new LRU<Promise<readonly ReviewItem[]>>(REVIEWS_KEPT)
  private readonly frozenDecisions = new LRU<Promise<Decisions>>(REVIEWS_KEPT)

  constructor(deps: CacheDependencies) {
    this.deps = deps
  }

  /** The items in their order. Throws `ReviewPartMissingError` for a review that is being deleted. */
  async items(review: Review): Promise<readonly ReviewItem[]> {
    return loaded(this.frozenItems, review.id, () => this.deps.reviewParts.readItems(review))
  }

  /**
   * The decisions by the ids of the items: of a review that is closed, the frozen copy. Those of an open review are read each time. Throws
   * `ReviewPartMissingError`.
   */
  async decisions({ id, decisions }: Review): Promise<Decisions> {
    if (decisions === null) return byItem(await this.deps.reviewDecisions.listDecisions(id))
    const read = async () => byItem(await this.deps.reviewParts.readDecisions(id, decisions))
    return loaded(this.frozenDecisions, `${id} ${decisions.copyId}`, read)
  }
}

function byItem(decisions: readonly Decision[]): Decisions {
  return new Map(decisions.map((decision) => [decision.itemId, decision]))
}

/** Concurrent requests share one load. A failed load is not kept. */
async function loaded<Content>(
  cache: LRU<Promise<Content>>,
  key: string,
  load: () => Promise<Content>,
): Promise<Content> {
  const loading = cache.get(key) ?? load()
  cache.set(key, loading)
  try {
    return await loading
  } catch (error) {
    if (cache.get(key) === loading) cache.delete(key)
    throw error
  }
}
