import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import type { Decision } from '../reviews/review.ts'
import { decisionFields } from './review-item.ts'
import { keys } from './table.ts'
import type { Table } from './table-access.ts'

/** One decision on some items, as a call made it. */
export interface DecisionCall extends Omit<Decision, 'itemId'> {
  /** A ULID: of two calls on one item, the one with the greater id counts. */
  readonly id: string
  readonly itemIds: readonly string[]
}

/** `stored` ones do not count yet, and `refused` ones never do. */
type CallState = 'stored' | 'confirmed' | 'refused'

const callSchema = z.object({
  id: z.string(),
  itemIds: z.array(z.string()),
  ...decisionFields,
  state: z.enum(['stored', 'confirmed', 'refused'] satisfies CallState[]),
})

/**
 * The decisions of open reviews, an item for each call. A call is stored, and confirmed once the review was seen open after that. Completion
 * refuses those that are not confirmed, and copies the others: then the copy counts.
 */
export class ReviewDecisionRepository {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** The confirmed decisions, the last one on each item, in the order of items' ids. Strongly consistent. */
  async listDecisions(reviewId: string): Promise<Decision[]> {
    const last = new Map<string, Decision>()
    for (const { itemIds, value, note, by, at, state } of await this.listCalls(reviewId)) {
      if (state !== 'confirmed') continue
      for (const itemId of itemIds) last.set(itemId, { itemId, value, note, by, at })
    }
    return [...last.values()].toSorted((left, right) => (left.itemId < right.itemId ? -1 : 1))
  }

  /** Stores a call, which does not count yet. */
  async storeCall(reviewId: string, call: DecisionCall): Promise<void> {
    const { client, tableName } = this.table
    const item = { ...keys.reviewDecision(reviewId, call.id), ...call, state: 'stored' satisfies CallState }
    await client.send(new PutCommand({ TableName: tableName, Item: item }))
  }

  /** Makes a call count. False if it was refused or deleted meanwhile. Can be repeated. */
  async confirmCall(reviewId: string, callId: string): Promise<boolean> {
    return this.changeState(reviewId, callId, 'confirmed')
  }

  /** Refuses each call that is stored and not confirmed, so that none of them can be confirmed any more. Can be repeated. */
  async refuseUnconfirmed(reviewId: string): Promise<void> {
    for (const { id, state } of await this.listCalls(reviewId)) {
      if (state === 'stored') await this.changeState(reviewId, id, 'refused')
    }
  }

  /** Deletes all decisions of a review. Can be repeated. */
  async deleteDecisions(reviewId: string): Promise<void> {
    await this.table.deletePartition(keys.reviewDecisions(reviewId))
  }

  private async listCalls(reviewId: string): Promise<z.infer<typeof callSchema>[]> {
    const found = []
    for await (const item of this.table.queryAll(keys.reviewDecisions(reviewId))) found.push(callSchema.parse(item))
    return found
  }

  /** False if the call has another state than `stored` and this one, or is gone. The SDK can repeat a change that was carried out. */
  private async changeState(reviewId: string, callId: string, state: CallState): Promise<boolean> {
    const { client, tableName } = this.table
    try {
      await client.send(
        new UpdateCommand({
          TableName: tableName,
          Key: keys.reviewDecision(reviewId, callId),
          UpdateExpression: 'SET #state = :state',
          ConditionExpression: '#state IN (:stored, :state)',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':state': state, ':stored': 'stored' satisfies CallState },
        }),
      )
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  }
}
