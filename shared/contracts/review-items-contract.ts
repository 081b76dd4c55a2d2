import * as z from 'zod'
import { OUTCOME_STATES, REVIEW_CHANGES, REVIEW_DECISIONS, REVIEW_ITEM_KINDS } from '../domain/review.ts'
import { userSchema } from './data-contract.ts'
import { count, cursor, FREE_TEXT_LENGTH, freeText, instant, nextCursor, pageLimit } from './fields.ts'
import { keyFacts, keySchema } from './keys-contract.ts'
import { reviewer, reviewSchema } from './reviews-contract.ts'

/** The longest note of a decision, in characters. */
export const NOTE_LENGTH = FREE_TEXT_LENGTH
/** How many items one call decides on at most. */
export const ITEMS_A_DECISION = 1_000

const reading = {
  syncId: z.string().meta({ description: 'The sync whose reading this shows.' }),
  syncedAt: instant,
  change: z.enum(REVIEW_CHANGES).nullable().meta({
    description: 'Since the last completed review of this population. Null when there is none with this organization.',
  }),
}

const memberEvidence = userSchema
  .pick({
    email: true,
    name: true,
    role: true,
    accountStatus: true,
    seat: true,
    license: true,
    lastActiveOn: true,
    lastActivitySource: true,
    lastLoginOn: true,
    requests: true,
    cost: true,
    addedAt: true,
  })
  .extend({
    keys: count.nullable().meta({ description: 'How many keys of theirs work. Null when keys were not read.' }),
    department: z.string().nullable().meta({ description: 'As the roster says.' }),
    manager: z.string().nullable().meta({ description: 'As the roster says.' }),
    ...reading,
  })
  .meta({ id: 'ReviewMemberEvidence' })

const keyEvidence = keyFacts.extend({ cost: keySchema.shape.cost, ...reading }).meta({ id: 'ReviewKeyEvidence' })

export const decisionSchema = z.strictObject({
  value: z.enum(REVIEW_DECISIONS),
  note: z.string().nullable(),
  by: reviewer,
  at: instant,
})

export const outcomeSchema = z.strictObject({
  state: z.enum(OUTCOME_STATES),
  syncId: z.string().nullable().meta({ description: 'The sync that found it. Null while none did.' }),
  at: instant.nullable(),
})

const itemFields = {
  id: z.string().meta({ description: 'Stays the same over reviews, for the same member or key of an integration.' }),
  integrationId: z.string(),
  integrationName: z.string(),
  provider: z.string(),
  subject: z.strictObject({
    id: z.string().meta({ description: 'Of the user or the key.' }),
    label: z.string().meta({ description: 'A name or address to show. If there is none, the id.' }),
  }),
}

export const frozenItem = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal(REVIEW_ITEM_KINDS[0]), ...itemFields, evidence: memberEvidence }),
  z.strictObject({ kind: z.literal(REVIEW_ITEM_KINDS[1]), ...itemFields, evidence: keyEvidence }),
])

const judged = { decision: decisionSchema.nullable(), outcome: outcomeSchema.nullable() }

export const reviewItemSchema = z
  .discriminatedUnion('kind', [frozenItem.options[0].extend(judged), frozenItem.options[1].extend(judged)])
  .meta({ id: 'ReviewItem' })

export const reviewItemsQuery = z.strictObject({
  decision: z.enum([...REVIEW_DECISIONS, 'undecided']).optional(),
  outcome: z.enum(OUTCOME_STATES).optional(),
  change: z.enum(REVIEW_CHANGES).optional(),
  integrationId: z.string().min(1).max(100).optional(),
  q: z.string().trim().min(1).max(200).optional().meta({ description: 'A part of a name or address.' }),
  limit: pageLimit,
  cursor,
})

export const reviewItemsSchema = z.strictObject({
  items: z.array(reviewItemSchema),
  nextCursor,
  total: count.meta({ description: 'How many items match, on all pages together.' }),
})

export const decisionsRequest = z
  .strictObject({
    itemIds: z
      .array(z.string().min(1).max(100))
      .min(1, { error: 'must hold at least one id' })
      .max(ITEMS_A_DECISION, { error: `must hold at most ${ITEMS_A_DECISION} ids` }),
    decision: z.enum(REVIEW_DECISIONS),
    note: freeText(NOTE_LENGTH).nullable().optional(),
  })
  .refine(({ decision, note }) => decision !== 'exception' || typeof note === 'string', {
    path: ['note'],
    error: 'must say why, for an exception',
  })

/** The review after the decision, so that a page can show its progress. */
export const decidedSchema = z.strictObject({ review: reviewSchema, decision: decisionSchema })

export type WireReviewItem = z.output<typeof reviewItemSchema>
export type FrozenReviewItem = z.output<typeof frozenItem>
export type ReviewItemsQuery = z.output<typeof reviewItemsQuery>
export type DecisionsRequest = z.output<typeof decisionsRequest>
