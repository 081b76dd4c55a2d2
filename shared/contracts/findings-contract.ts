import * as z from 'zod'
import { FINDING_STATES, SUBJECT_KINDS, UNJUDGED_STATES } from '../findings/finding.ts'
import { FINDING_TYPES, SEVERITIES } from '../domain/finding.ts'
import { OUTCOME_STATES } from '../domain/review.ts'
import { userSchema } from './data-contract.ts'
import {
  amount,
  cost,
  count,
  currency,
  cursor,
  day,
  FREE_TEXT_LENGTH,
  freeText,
  instant,
  nextCursor,
  pageLimit,
} from './fields.ts'
import { keyFacts } from './keys-contract.ts'

const member = userSchema.pick({
  email: true,
  name: true,
  role: true,
  seat: true,
  addedAt: true,
  lastActiveOn: true,
  lastLoginOn: true,
})

/** What a finding follows from, by its type. */
const evidenceSchema = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('integration_problem'),
      code: z.string(),
      detail: z.string(),
      since: instant,
    }),
    z.strictObject({ type: z.literal('key_expiring'), expiresAt: instant }),
    z.strictObject({
      type: z.literal('leaver_key'),
      key: keyFacts,
      ownerRemovedAt: instant.nullable().meta({ description: 'When a sync found the owner removed, if it did.' }),
      usedAfterRemoval: z.boolean(),
    }),
    z.strictObject({ type: z.literal('external_owner'), member, companyDomains: z.array(z.string()) }),
    z.strictObject({
      type: z.literal('not_in_roster'),
      member,
      endedOn: day.nullable().meta({ description: 'The last day of employment. Null: the roster does not list them.' }),
      workingKeys: count
        .nullable()
        .meta({ description: 'How many keys of theirs work in the organization. Null when its keys were not read.' }),
    }),
    z.strictObject({
      type: z.literal('removal_not_done'),
      reviewId: z.string(),
      reviewName: z.string(),
      decidedAt: instant.meta({ description: 'When the review was completed.' }),
      days: count.meta({ description: 'From then to the last day of the reading that still has them.' }),
      state: z.enum(OUTCOME_STATES).extract(['pending', 'returned']).meta({
        description: '`returned`: a sync had found them gone, and a later one found them again.',
      }),
    }),
    z.strictObject({ type: z.literal('ownerless_key'), key: keyFacts }),
    z.strictObject({
      type: z.literal('stale_key'),
      key: keyFacts,
      from: day.meta({ description: 'The first day of the window in which the key was not used.' }),
    }),
    z.strictObject({ type: z.literal('eternal_key'), key: keyFacts, ageDays: count }),
    z.strictObject({
      type: z.literal('idle_member'),
      member,
      from: day.meta({ description: 'The first day of the window without use.' }),
      sources: z
        .array(z.string())
        .meta({ description: 'The data sets from which use is known, as in lists of users. Others prove nothing.' }),
    }),
    z.strictObject({
      type: z.literal('spend_spike'),
      day,
      amount,
      currency,
      median: amount.meta({ description: 'Of the days before it.' }),
      baselineDays: count.meta({ description: 'Of how many days the median is.' }),
      preliminary: z.boolean().meta({ description: 'Costs lag: the amount can still grow.' }),
    }),
  ])
  .meta({ id: 'FindingEvidence' })

/** The longest reason, in characters. */
export const REASON_LENGTH = FREE_TEXT_LENGTH

const acceptedSchema = z.strictObject({
  reason: z.string(),
  until: day.nullable().meta({ description: 'The last day on which it counts. Null: for good.' }),
  by: z.strictObject({ subject: z.string(), name: z.string().nullable() }),
  at: instant,
})

export const findingSchema = z
  .strictObject({
    id: z.string().meta({ description: 'It stays the same as long as its cause does, and says nothing about people.' }),
    type: z.enum(FINDING_TYPES),
    severity: z.enum(SEVERITIES),
    integrationId: z.string(),
    integrationName: z.string(),
    subject: z
      .strictObject({
        kind: z.enum(SUBJECT_KINDS),
        id: z.string(),
        label: z.string().meta({ description: 'A name or address to show. If there is none, the id.' }),
        personId: z.string().nullable().meta({
          description: 'Of a member: the person over all organizations, as in lists of people. Null for others.',
        }),
      })
      .meta({ description: 'What it is about. The id of a member is that in lists of users.' }),
    since: day.nullable().meta({ description: 'Null unless something dates it.' }),
    evidence: evidenceSchema,
    cost: cost.nullable().meta({
      description:
        'What the key or member cost in the window, or the day of a spike. Null where it is not known, and for idle members.',
    }),
    action: z
      .strictObject({ text: z.string(), url: z.url().nullable() })
      .meta({ description: 'What to do, and the page of the provider where that can be done.' }),
    state: z.enum(FINDING_STATES),
    accepted: acceptedSchema.nullable(),
  })
  .meta({ id: 'Finding' })

export const findingListQuery = z.strictObject({
  type: z.enum(FINDING_TYPES).optional(),
  severity: z.enum(SEVERITIES).optional(),
  state: z.enum([...FINDING_STATES, 'any']).default('open'),
  integrationId: z.string().min(1).max(100).optional(),
  userId: z.string().min(1).max(200).optional().meta({ description: 'About this member, or about a key of theirs.' }),
  limit: pageLimit,
  cursor,
})

export const findingListSchema = z.strictObject({
  items: z.array(findingSchema),
  nextCursor,
  total: count.meta({ description: 'How many findings match, on all pages together.' }),
  oldestSyncedAt: instant.nullable().meta({
    description: 'When the oldest of the shown readings of the organizations was published. Null before the first one.',
  }),
  notJudged: z
    .array(
      z.strictObject({
        integrationId: z.string(),
        integrationName: z.string(),
        dataSet: z.string(),
        state: z.enum(UNJUDGED_STATES).meta({
          description:
            'Why: as in `dataSets` of the integration, or `not_attributed` when the provider attributed no use to any person.',
        }),
        types: z.array(z.enum(FINDING_TYPES)),
      }),
    )
    .meta({
      description: 'The types that could not be judged, because a data set was not read. Of the asked integrations.',
    }),
})

export const acceptanceRequest = z.strictObject({
  reason: freeText(REASON_LENGTH).meta({ example: 'The key belongs to the nightly batch until it has moved.' }),
  until: day
    .nullable()
    .optional()
    .meta({ description: 'The last day on which the acceptance counts, not in the past. Null or omitted: for good.' }),
})

export const findingParams = z.strictObject({ findingId: z.string() })

export type WireFinding = z.output<typeof findingSchema>
export type WireEvidence = WireFinding['evidence']
export type WireFindings = z.output<typeof findingListSchema>
export type FindingListQuery = z.output<typeof findingListQuery>
export type AcceptanceRequest = z.output<typeof acceptanceRequest>
