import * as z from 'zod'
import { recordOf } from '../data-sets/data-set.ts'
import {
  OUTCOME_STATES,
  REVIEW_CHANGES,
  REVIEW_DECISIONS,
  REVIEW_ITEM_KINDS,
  REVIEW_POPULATIONS,
  REVIEW_STATES,
} from '../domain/review.ts'
import { csvFormat, userSchema } from './data-contract.ts'
import { count, cursor, day, FREE_TEXT_LENGTH, freeText, instant, nextCursor, pageLimit } from './fields.ts'
import { keyFacts, keySchema } from './keys-contract.ts'

/** The longest note of a decision, in characters. */
export const NOTE_LENGTH = FREE_TEXT_LENGTH
/** How many items one call decides on at most. */
export const ITEMS_A_DECISION = 1_000

const REVIEW_NAME_LENGTH = 100
/** How many organizations a review is about at most. */
export const ORGANIZATIONS_AT_MOST = 500

const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: 'SHA-256, as 64 hexadecimal digits.' })

/** Who did it. The address is that of the token; on one machine the name of the role stands for it. */
const reviewer = z.strictObject({ subject: z.string(), email: z.string() })

const signatureSchema = z
  .strictObject({
    algorithm: z.literal('ECDSA_SHA_256'),
    keyId: z.string().meta({ description: 'That of `GET /v1/signing-key` at the time of completion.' }),
    signed: z.string().meta({
      description: 'The text that is signed, in UTF-8: canonical JSON (RFC 8785) with the review’s id and both hashes.',
    }),
    value: z.base64().meta({ description: 'The signature in DER, as openssl takes it.' }),
  })
  .meta({ id: 'ReviewSignature' })

/** A data set that was not whole and current when the review was created. */
const incompleteDataSet = z.strictObject({
  integrationId: z.string(),
  integrationName: z.string(),
  dataSet: z.string(),
  state: z.string().meta({
    description:
      'As in `dataSets` of the integration, `stale` after two missed schedules, or `partly_read`: some projects’ keys could not be read.',
  }),
})

export const reviewSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    population: z.enum(REVIEW_POPULATIONS),
    integrations: z.array(z.strictObject({ id: z.string(), name: z.string(), provider: z.string() })).meta({
      description: 'The organizations, as they were called when the review was created.',
    }),
    dueOn: day.nullable(),
    state: z.enum(REVIEW_STATES),
    incomplete: z.array(incompleteDataSet).meta({ description: 'What was accepted as incomplete. Usually empty.' }),
    createdAt: instant,
    createdBy: reviewer,
    completedAt: instant.nullable(),
    completedBy: reviewer.nullable(),
    keptUntil: day.nullable().meta({ description: 'The day on which it is deleted. Null until it is completed.' }),
    evidenceHash: sha256,
    decisionsHash: sha256.nullable(),
    signature: signatureSchema.nullable(),
    progress: z.strictObject({
      items: count,
      decided: count,
      byDecision: z.strictObject(recordOf(REVIEW_DECISIONS, () => count)),
      outcomes: z
        .strictObject(recordOf(OUTCOME_STATES, () => count))
        .nullable()
        .meta({ description: 'Of the removals. Null until the review is completed.' }),
    }),
  })
  .meta({ id: 'Review' })

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

const decisionSchema = z.strictObject({
  value: z.enum(REVIEW_DECISIONS),
  note: z.string().nullable(),
  by: reviewer,
  at: instant,
})

const outcomeSchema = z.strictObject({
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

const frozenItem = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal(REVIEW_ITEM_KINDS[0]), ...itemFields, evidence: memberEvidence }),
  z.strictObject({ kind: z.literal(REVIEW_ITEM_KINDS[1]), ...itemFields, evidence: keyEvidence }),
])

const judged = { decision: decisionSchema.nullable(), outcome: outcomeSchema.nullable() }

export const reviewItemSchema = z
  .discriminatedUnion('kind', [frozenItem.options[0].extend(judged), frozenItem.options[1].extend(judged)])
  .meta({ id: 'ReviewItem' })

export const reviewParams = z.strictObject({ reviewId: z.string() })

export const reviewRequest = z.strictObject({
  name: freeText(REVIEW_NAME_LENGTH).meta({ example: 'Access, fourth quarter' }),
  population: z.enum(REVIEW_POPULATIONS),
  integrationIds: z
    .array(z.string().min(1).max(100))
    .min(1, { error: 'must hold at least one id' })
    .max(ORGANIZATIONS_AT_MOST)
    .optional()
    .meta({ description: 'Omitted: all organizations.' }),
  dueOn: day
    .nullable()
    .optional()
    .meta({ description: 'The day on which it should be completed. Nothing enforces it.' }),
  acceptIncomplete: z.boolean().default(false).meta({
    description:
      'Creates the review although data that it needs are stale or were not read. The evidence then says so.',
  }),
})

export const reviewListQuery = z.strictObject({ limit: pageLimit, cursor })
export const reviewListSchema = z.strictObject({ items: z.array(reviewSchema), nextCursor })

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

/** What both hashes are of: exactly these two objects, as canonical JSON (RFC 8785). */
const frozenEvidence = z.strictObject({
  reviewId: z.string(),
  name: z.string(),
  population: z.enum(REVIEW_POPULATIONS),
  createdAt: instant,
  createdBy: reviewer,
  organizations: z.array(
    z.strictObject({
      integrationId: z.string(),
      integrationName: z.string(),
      provider: z.string(),
      companyDomains: z.array(z.string()),
      dataSets: z.array(
        z.strictObject({
          id: z.string(),
          state: z.string(),
          syncId: z.string().nullable(),
          syncedAt: instant.nullable(),
          from: day.nullable(),
          to: day.nullable(),
        }),
      ),
    }),
  ),
  incomplete: z.array(incompleteDataSet),
  items: z.array(frozenItem),
})

const frozenDecisions = z.strictObject({
  reviewId: z.string(),
  evidenceHash: sha256,
  completedAt: instant.nullable().meta({ description: 'Null while the review is open: then nothing is final.' }),
  completedBy: reviewer.nullable(),
  items: z.array(decisionSchema.extend({ itemId: z.string() })).meta({ description: 'In the order of the evidence.' }),
})

export const reviewEvidenceSchema = z
  .strictObject({
    review: reviewSchema,
    evidence: frozenEvidence,
    evidenceHash: sha256,
    decisions: frozenDecisions,
    decisionsHash: sha256.nullable(),
    signature: signatureSchema.nullable(),
    outcomes: z.array(outcomeSchema.extend({ itemId: z.string() })).meta({
      description: 'Whether the removals were carried out, as known now. Not signed: syncs find it later.',
    }),
  })
  .meta({ id: 'ReviewEvidence' })

export const evidenceQuery = z.strictObject({ format: csvFormat })

export const signingKeySchema = z
  .strictObject({
    keyId: z.string(),
    algorithm: z.literal('ECDSA_SHA_256'),
    publicKey: z.string().meta({ description: 'The public half, in PEM (SubjectPublicKeyInfo).' }),
  })
  .meta({ id: 'SigningKey' })

export type WireReview = z.output<typeof reviewSchema>
export type WireReviewItem = z.output<typeof reviewItemSchema>
export type WireReviewEvidence = z.output<typeof reviewEvidenceSchema>
export type FrozenReviewItem = z.output<typeof frozenItem>
export type ReviewRequest = z.output<typeof reviewRequest>
export type ReviewItemsQuery = z.output<typeof reviewItemsQuery>
export type DecisionsRequest = z.output<typeof decisionsRequest>
export type WireSigningKey = z.output<typeof signingKeySchema>
export type WireSignature = z.output<typeof signatureSchema>
