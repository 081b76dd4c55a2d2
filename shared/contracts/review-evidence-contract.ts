import * as z from 'zod'
import { REVIEW_POPULATIONS } from '../domain/review.ts'
import { csvFormat } from './data-contract.ts'
import { day, instant } from './fields.ts'
import { decisionSchema, frozenItem, outcomeSchema } from './review-items-contract.ts'
import { incompleteDataSet, reviewer, reviewSchema, sha256, signatureSchema } from './reviews-contract.ts'

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

export type WireReviewEvidence = z.output<typeof reviewEvidenceSchema>
export type WireSigningKey = z.output<typeof signingKeySchema>
