import type { Decision } from '../reviews/review.ts'
import { decisionSchema } from './review-item.ts'
import { keys } from './table.ts'
import type { Table } from './table-access.ts'

/** The decisions of open reviews, one for each item: the last one stands. Completion copies them, and then the copy counts. */
export class ReviewDecisionRepository {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** By the ids of the items. Strongly consistent. */
  async listDecisions(reviewId: string): Promise<Decision[]> {
    const found: Decision[] = []
    for await (const item of this.table.queryAll(keys.reviewDecisions(reviewId))) found.push(decisionSchema.parse(item))
    return found
  }

  /** Stores decisions, instead of earlier ones on the same items. Of a call that fails, some can be stored. */
  async putDecisions(reviewId: string, decisions: readonly Decision[]): Promise<void> {
    await this.table.batchWrite(
      decisions.map((decision) => ({ put: { ...keys.reviewDecision(reviewId, decision.itemId), ...decision } })),
    )
  }

  /** Deletes all decisions of a review. Can be repeated. */
  async deleteDecisions(reviewId: string): Promise<void> {
    await this.table.deletePartition(keys.reviewDecisions(reviewId))
  }
}
