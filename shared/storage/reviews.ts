import { DeleteCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { REVIEW_POPULATIONS } from '../domain/review.ts'
import { type Review, REVIEW_LIFECYCLES } from '../reviews/review.ts'
import { reviewerSchema } from './review-item.ts'
import { RevisedItems } from './revised-items.ts'
import { keys } from './table.ts'
import type { Item, Table } from './table-access.ts'

const reviewSchema: z.ZodType<Review> = z.object({
  id: z.string(),
  name: z.string(),
  population: z.enum(REVIEW_POPULATIONS),
  integrations: z.array(z.object({ id: z.string(), name: z.string(), provider: z.string() })),
  dueOn: z.string().nullable(),
  incomplete: z.array(z.object({ integrationId: z.string(), dataSet: z.string(), state: z.string() })),
  createdAt: z.string(),
  createdBy: reviewerSchema,
  evidence: z.object({ hash: z.string(), items: z.int(), itemParts: z.int(), organizationParts: z.int() }),
  lifecycle: z.enum(REVIEW_LIFECYCLES),
  closed: z.object({ at: z.string(), by: reviewerSchema }).nullable(),
  decisions: z
    .object({
      copyId: z.string(),
      parts: z.int(),
      hash: z.string(),
      counts: z.object({ keep: z.int(), remove: z.int(), exception: z.int() }),
    })
    .nullable(),
  signature: z.object({ keyId: z.string(), value: z.string() }).nullable(),
  deletingSince: z.string().nullable(),
  revision: z.number(),
})

const codec = {
  toItem: (review: Review) => ({ ...keys.review(review.id), ...review }),
  fromItem: (item: Item) => reviewSchema.parse(item),
}

/** Reviews in every lifecycle, without their items. All reads are strongly consistent. */
export class ReviewRepository {
  private readonly table: Table
  private readonly items: RevisedItems<Review>

  /** `pause` waits before an update is retried. */
  constructor(table: Table, pause?: (ms: number) => Promise<unknown>) {
    this.table = table
    this.items = new RevisedItems(table, codec, pause)
  }

  /** The newest first. */
  async listReviews(): Promise<Review[]> {
    const reviews: Review[] = []
    for await (const item of this.table.queryAll(keys.reviews, { descending: true })) reviews.push(codec.fromItem(item))
    return reviews
  }

  async findReview(id: string): Promise<Review | undefined> {
    return this.items.find(keys.review(id))
  }

  /** Stores a new review. Throws `ConditionalCheckFailedException` when its id exists. */
  async createReview(review: Review): Promise<void> {
    await this.items.create(review)
  }

  /**
   * Applies a pure change to the current review and stores it, if nobody else has written meanwhile; otherwise reads and applies again.
   * `change` may throw, or return undefined to change nothing. Returns the review as it is then, or undefined if there is none. Throws
   * `UpdateContentionError`.
   */
  async updateReview(id: string, change: (current: Review) => Review | undefined): Promise<Review | undefined> {
    return this.items.update(keys.review(id), change)
  }

  /** Repeating it has no effect. */
  async removeReview(id: string): Promise<void> {
    const { client, tableName } = this.table
    await client.send(new DeleteCommand({ TableName: tableName, Key: keys.review(id) }))
  }
}
