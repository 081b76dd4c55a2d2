import * as z from 'zod'
import { recordOf } from '../data-sets/data-set.ts'
import { OUTCOME_STATES, REVIEW_DECISIONS, REVIEW_POPULATIONS, REVIEW_STATES } from '../domain/review.ts'
import { count, cursor, day, freeText, instant, nextCursor, pageLimit } from './fields.ts'

const REVIEW_NAME_LENGTH = 100
/** How many organizations a review is about at most. */
export const ORGANIZATIONS_AT_MOST = 500

export const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: 'SHA-256, as 64 hexadecimal digits.' })

/** Who did it. The address is that of the token; on one machine the name of the role stands for it. */
export const reviewer = z.strictObject({ subject: z.string(), email: z.string() })

export const signatureSchema = z
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
export const incompleteDataSet = z.strictObject({
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

export type WireReview = z.output<typeof reviewSchema>
export type ReviewRequest = z.output<typeof reviewRequest>
export type WireSignature = z.output<typeof signatureSchema>
