import * as z from 'zod'
import type { FrozenOrganization } from '../reviews/evidence.ts'
import type { Decision, FrozenDecisions, Review } from '../reviews/review.ts'
import type { ReviewItem } from '../reviews/review-item.ts'
import { batchGet } from './batch-get.ts'
import { ReviewPartMissingError } from './errors.ts'
import { decisionSchema, frozenOrganizationSchema, reviewItemSchema } from './review-item.ts'
import { packItems, unpackItems } from './snapshot-part.ts'
import { keys } from './table.ts'
import type { Table } from './table-access.ts'

const ITEM = 'ITEM'
const ORGANIZATION = 'ORGANIZATION'

const partItemSchema = z.object({ sk: z.string(), data: z.instanceof(Uint8Array) })

type Evidence = Pick<Review, 'id' | 'evidence'>

/** The frozen content of reviews: evidence and copies of decisions, in compressed parts. No part ever changes. */
export class ReviewPartRepository {
  private readonly table: Table

  constructor(table: Table) {
    this.table = table
  }

  /** Writes the evidence of a review that is being created. Returns how many parts it has. */
  async writeEvidence(
    reviewId: string,
    organizations: readonly FrozenOrganization[],
    items: readonly ReviewItem[],
  ): Promise<Pick<Review['evidence'], 'itemParts' | 'organizationParts'>> {
    return {
      organizationParts: await this.writeParts(reviewId, ORGANIZATION, organizations),
      itemParts: await this.writeParts(reviewId, ITEM, items),
    }
  }

  /** The items in their order. Throws `ReviewPartMissingError`. */
  async readItems({ id, evidence }: Evidence): Promise<ReviewItem[]> {
    return this.readParts(id, ITEM, { parts: evidence.itemParts, itemSchema: reviewItemSchema })
  }

  /** The organizations in their order. Throws `ReviewPartMissingError`. */
  async readOrganizations({ id, evidence }: Evidence): Promise<FrozenOrganization[]> {
    return this.readParts(id, ORGANIZATION, {
      parts: evidence.organizationParts,
      itemSchema: frozenOrganizationSchema,
    })
  }

  /** Writes a copy of the decisions. Returns how many parts it has. */
  async writeDecisions(reviewId: string, copyId: string, decisions: readonly Decision[]): Promise<number> {
    return this.writeParts(reviewId, copyOf(copyId), decisions)
  }

  /** The decisions of a copy in their order. Throws `ReviewPartMissingError`. */
  async readDecisions(
    reviewId: string,
    { copyId, parts }: Pick<FrozenDecisions, 'copyId' | 'parts'>,
  ): Promise<Decision[]> {
    return this.readParts(reviewId, copyOf(copyId), { parts, itemSchema: decisionSchema })
  }

  /** Deletes all parts of a review. Can be repeated. */
  async deleteParts(reviewId: string): Promise<void> {
    await this.table.deletePartition(keys.reviewParts(reviewId))
  }

  private async writeParts(reviewId: string, list: string, items: readonly unknown[]): Promise<number> {
    const parts = packItems(items).toArray()
    await this.table.batchWrite(
      parts.map((data, part) => ({ put: { ...keys.reviewPart(reviewId, list, part), data } })),
    )
    return parts.length
  }

  private async readParts<Content>(
    reviewId: string,
    list: string,
    { parts, itemSchema }: { readonly parts: number; readonly itemSchema: z.ZodType<Content> },
  ): Promise<Content[]> {
    const wanted = Array.from({ length: parts }, (_, part) => keys.reviewPart(reviewId, list, part))
    const found = (await batchGet(this.table, wanted)).map((item) => partItemSchema.parse(item))
    if (found.length < parts) throw new ReviewPartMissingError(reviewId)
    return found
      .toSorted((left, right) => (left.sk < right.sk ? -1 : 1))
      .flatMap(({ data }) => unpackItems({ itemSchema }, data))
  }
}

function copyOf(copyId: string): string {
  return `DECISION#${copyId}`
}
