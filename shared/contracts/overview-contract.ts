import * as z from 'zod'
import { recordOf } from '../data-sets/data-set.ts'
import { FINDING_TYPES, SEVERITIES } from '../domain/finding.ts'
import { costsNotRead } from './company-costs-contract.ts'
import { licensesSchema } from './data-contract.ts'
import { amount, count, currency, day, instant } from './fields.ts'

const { seats, licenses } = licensesSchema.shape

/** Finished days, which can be compared. */
const finishedDays = z.strictObject({ to: day, thisMonth: amount, sameDaysLastMonth: amount }).meta({
  description:
    'The same without preliminary days, of the organizations that cover these days in both months, so that the two can be compared.',
})

const monthlyCosts = z.strictObject({
  currency,
  to: day.meta({ description: 'The latest day that costs cover. Its month is “this month”.' }),
  thisMonth: amount.meta({ description: 'The last two days of each reading are preliminary.' }),
  sameDaysLastMonth: amount.meta({ description: 'As many days of the month before, counted for each organization.' }),
  lastMonth: amount,
  finished: finishedDays.nullable().meta({ description: 'Null while no day of this month is finished.' }),
})

/** What is so over all organizations. */
export const overviewSchema = z.strictObject({
  people: count.meta({ description: 'Persons with an active membership, each once.' }),
  outsiders: z.strictObject({ people: count, owners: count }).meta({
    description:
      'Those of them with a membership under an address outside the company domains, and how many of these own an organization.',
  }),
  seats: seats.meta({ description: 'Memberships, not persons.' }),
  licenses: licenses.meta({ description: 'Memberships, not persons.' }),
  costs: z.array(monthlyCosts).meta({ description: 'By currency. Currencies are never added to each other.' }),
  costsNotRead,
  findings: z
    .strictObject({
      high: count,
      medium: count,
      low: count,
      byType: z.strictObject(recordOf(FINDING_TYPES, () => count)),
      mostSevere: z
        .strictObject(recordOf(FINDING_TYPES, () => z.enum(SEVERITIES).nullable()))
        .meta({ description: 'The severity of the most severe one of each type. Null without any.' }),
    })
    .meta({ description: 'Open findings.' }),
  integrations: z.strictObject({ connected: count, actionRequired: count, stale: count, neverSynced: count }).meta({
    description:
      '`connected` and `actionRequired` add up to all integrations. Of these, `stale` missed two schedules, and `neverSynced` have no data yet.',
  }),
  oldestSyncedAt: instant.nullable().meta({
    description: 'When the oldest of the shown readings of the organizations was published. Null before the first one.',
  }),
})

export type WireOverview = z.output<typeof overviewSchema>
