import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { OUTCOME_STATES, REVIEW_ITEM_KINDS } from '../domain/review.ts'
import type { Outcome } from '../reviews/outcome.ts'
import { UpdateContentionError } from './errors.ts'
import { forEachConcurrent } from './for-each-concurrent.ts'
import { keys } from './table.ts'
import type { Item, Table } from './table-access.ts'

const WRITES_AT_ONCE = 8
/** An outcome has few writers: a sync, a late run of an earlier one, and a purge. */
const ATTEMPTS = 10

/** An outcome with its version for optimistic locking: each write increases it and requires the previous value. */
export interface StoredOutcome extends Outcome {
  readonly revision: number
}

const outcomeSchema: z.ZodType<StoredOutcome> = z.object({
  reviewId: z.string(),
  reviewName: z.string(),
  integrationId: z.string(),
  itemId: z.string(),
  subject: z.object({
    kind: z.enum(REVIEW_ITEM_KINDS),
    id: z.string(),
    label: z.string(),
    projectId: z.string().nullable(),
  }),
  decidedAt: z.string(),
  state: z.enum(OUTCOME_STATES),
  found: z.object({ syncId: z.string(), at: z.string() }).nullable(),
  revision: z.int(),
})

/** Whether the removals of completed reviews were carried out, by integration: all in one partition. All reads are strongly consistent. */
export class OutcomeRepository {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** The outcomes of all reviews, by integration, review and item. */
  async listOutcomes(): Promise<StoredOutcome[]> {
    return this.query()
  }

  /** The outcomes in one integration, by review and item. */
  async listOutcomesOf(integrationId: string): Promise<StoredOutcome[]> {
    return this.query({ beginningWith: keys.outcomesOf(integrationId) })
  }

  /** Stores the outcomes of a review that is being completed. Those that are stored already stay as they are, so it can be repeated. */
  async putPending(outcomes: readonly Outcome[]): Promise<void> {
    await forEachConcurrent(outcomes, WRITES_AT_ONCE, async (outcome) => {
      await this.putIf({ ...outcome, revision: 0 }, { ConditionExpression: 'attribute_not_exists(pk)' })
    })
  }

  /**
   * Applies a pure change to each of the outcomes, as they were read, and stores it. One that was written meanwhile is read and changed
   * again; one that was deleted stays so. `change` returns undefined to leave an outcome as it is. `checkpoint` is called before each write,
   * and may throw to stop. Throws `UpdateContentionError`.
   */
  async updateOutcomes(
    outcomes: readonly StoredOutcome[],
    change: (current: Outcome) => Outcome | undefined,
    checkpoint?: () => void,
  ): Promise<void> {
    await forEachConcurrent(outcomes, WRITES_AT_ONCE, (outcome) => this.updateOutcome(outcome, change, checkpoint))
  }

  /** Deletes all outcomes of a review. Can be repeated. */
  async deleteOutcomesOf(reviewId: string): Promise<void> {
    const own = (await this.query()).filter((outcome) => outcome.reviewId === reviewId)
    await this.table.batchWrite(own.map((outcome) => ({ delete: keys.outcome(outcome) })))
  }

  private async query(options: { beginningWith?: string } = {}): Promise<StoredOutcome[]> {
    const found: StoredOutcome[] = []
    for await (const item of this.table.queryAll(keys.outcomes, options)) found.push(outcomeSchema.parse(item))
    return found
  }

  private async updateOutcome(
    read: StoredOutcome,
    change: (current: Outcome) => Outcome | undefined,
    checkpoint?: () => void,
  ): Promise<void> {
    let current: StoredOutcome | undefined = read
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const changed = current && change(current)
      if (current === undefined || changed === undefined) return
      checkpoint?.()
      const { revision } = current
      const condition = {
        ConditionExpression: 'revision = :revision',
        ExpressionAttributeValues: { ':revision': revision },
      }
      if (await this.putIf({ ...changed, revision: revision + 1 }, condition)) return
      current = await this.findOutcome(read)
    }
    throw new UpdateContentionError(`Outcome ${read.itemId} of review ${read.reviewId}`, ATTEMPTS)
  }

  private async findOutcome(outcome: Outcome): Promise<StoredOutcome | undefined> {
    const { client, tableName } = this.table
    const { Item: item } = await client.send(
      new GetCommand({ TableName: tableName, Key: keys.outcome(outcome), ConsistentRead: true }),
    )
    return item === undefined ? undefined : outcomeSchema.parse(item)
  }

  /** False if the condition does not hold, also because the write was carried out and sent again after its reply was lost. */
  private async putIf(
    outcome: StoredOutcome,
    condition: { ConditionExpression: string; ExpressionAttributeValues?: Item },
  ): Promise<boolean> {
    const { client, tableName } = this.table
    try {
      await client.send(
        new PutCommand({ TableName: tableName, Item: { ...keys.outcome(outcome), ...outcome }, ...condition }),
      )
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  }
}
