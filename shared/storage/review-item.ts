import * as z from 'zod'
import { USER_STATUSES } from '../data-sets/directory/directory-user.ts'
import { ACTIVITY_SOURCES } from '../data-sets/directory/last-activity.ts'
import { LICENSE_STATUSES } from '../data-sets/directory/license.ts'
import { SEAT_REASONS, SEAT_TYPES } from '../data-sets/directory/seat.ts'
import { KEY_KINDS, KEY_OWNER_KINDS } from '../data-sets/keys/keys.ts'
import { KEY_OWNER_STATUSES, KEY_STATUSES } from '../data-sets/keys/owned-key.ts'
import { REVIEW_CHANGES, REVIEW_DECISIONS } from '../domain/review.ts'
import type { FrozenOrganization } from '../reviews/evidence.ts'
import type { Decision, Reviewer } from '../reviews/review.ts'
import type { ReviewItem } from '../reviews/review-item.ts'

/* The frozen content of reviews. It is hashed as it was stored, so fields that are not known here are refused, not dropped. */

const text = z.string().nullable()
const cost = z.strictObject({ amount: z.string(), currency: z.string() }).nullable()
const reading = { syncId: z.string(), syncedAt: z.string(), change: z.enum(REVIEW_CHANGES).nullable() }

const memberEvidence = z.strictObject({
  email: text,
  name: text,
  role: text,
  accountStatus: z.enum(USER_STATUSES),
  seat: z.strictObject({ type: z.enum(SEAT_TYPES), reason: z.enum(SEAT_REASONS) }).nullable(),
  license: z.enum(LICENSE_STATUSES).nullable(),
  lastActiveOn: text,
  lastActivitySource: z.enum(ACTIVITY_SOURCES).nullable(),
  lastLoginOn: text,
  requests: z.number(),
  cost,
  addedAt: text,
  keys: z.number().nullable(),
  department: text,
  manager: text,
  ...reading,
})

const keyEvidence = z.strictObject({
  kind: z.enum(KEY_KINDS),
  name: text,
  hint: text,
  project: z.strictObject({ id: z.string(), name: text }).nullable(),
  owner: z
    .strictObject({
      kind: z.enum(KEY_OWNER_KINDS),
      id: z.string(),
      email: text,
      name: text,
      status: z.enum(KEY_OWNER_STATUSES),
    })
    .nullable(),
  createdAt: text,
  lastUsedOn: text,
  expiresAt: text,
  status: z.enum(KEY_STATUSES),
  cost,
  ...reading,
})

const fields = {
  id: z.string(),
  integrationId: z.string(),
  integrationName: z.string(),
  provider: z.string(),
  subject: z.strictObject({ id: z.string(), label: z.string() }),
}

export const reviewItemSchema: z.ZodType<ReviewItem> = z.discriminatedUnion('kind', [
  z.strictObject({ ...fields, kind: z.literal('member'), evidence: memberEvidence }),
  z.strictObject({ ...fields, kind: z.literal('key'), evidence: keyEvidence }),
])

export const frozenOrganizationSchema: z.ZodType<FrozenOrganization> = z.strictObject({
  integrationId: z.string(),
  integrationName: z.string(),
  provider: z.string(),
  companyDomains: z.array(z.string()),
  dataSets: z.array(
    z.strictObject({ id: z.string(), state: z.string(), syncId: text, syncedAt: text, from: text, to: text }),
  ),
})

export const reviewerSchema: z.ZodType<Reviewer> = z.object({ subject: z.string(), email: z.string() })

/** What a decision is, without what it is about. */
export const decisionFields = {
  value: z.enum(REVIEW_DECISIONS),
  note: text,
  by: reviewerSchema,
  at: z.string(),
}

export const decisionSchema: z.ZodType<Decision> = z.object({ itemId: z.string(), ...decisionFields })
