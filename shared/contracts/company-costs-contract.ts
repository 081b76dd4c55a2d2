import * as z from 'zod'
import { COST_ATTRIBUTIONS } from '../data-sets/costs/cost-views.ts'
import { OWNER_KINDS } from '../data-sets/day-series/owner-kind.ts'
import { DATA_SET_STATES } from '../integrations/integration.ts'
import { costsQuery } from './costs-contract.ts'
import { csvFormat } from './data-contract.ts'
import { amount, cost, count, currency, cursor, day, instant, nextCursor, pageLimit } from './fields.ts'

export const COMPANY_COST_GROUPINGS = ['integration', 'person', 'department'] as const
export type CompanyCostGrouping = (typeof COMPANY_COST_GROUPINGS)[number]

/** Whom a department's row stands for: its people, or what no person is known for. */
const DEPARTMENT_ROW_KINDS = ['person', 'service_account', 'key', 'not_listed', 'unattributed'] as const

export const companyCostsQuery = z.strictObject({
  from: day.optional(),
  to: day.optional(),
  groupBy: z.enum(COMPANY_COST_GROUPINGS).default('integration'),
  currency: costsQuery.shape.currency.meta({ description: 'Only costs in this currency. Default: all.' }),
  format: csvFormat,
  limit: pageLimit,
  cursor,
})

/** An organization whose costs are not, or not all, in an answer. */
export const costsNotReadSchema = z.strictObject({
  integrationId: z.string(),
  integrationName: z.string(),
  provider: z.string(),
  state: z.enum(DATA_SET_STATES).meta({ description: 'Of its costs, as `dataSets` of the integration has it.' }),
  costsAsOf: instant
    .nullable()
    .meta({ description: 'When the costs in the answer were read. Null if there are none.' }),
  from: day.nullable().meta({ description: 'The first day that its costs cover.' }),
  to: day.nullable(),
  stale: z.boolean().meta({ description: 'True after two missed schedules.' }),
  attribution: z
    .enum(COST_ATTRIBUTIONS)
    .nullable()
    .meta({ description: 'Null: it is not known which people caused its costs.' }),
})

export const costsNotRead = z.array(costsNotReadSchema).meta({
  description:
    'The organizations whose costs are not all in the answer: never read, or refused or failed the last time (`state`; an older reading counts), stale, or not known for all of the days; by person and department also those that attribute no costs to people.',
})

const integrationRow = z.strictObject({
  integrationId: z.string(),
  integrationName: z.string(),
  provider: z.string(),
  currency,
  amount,
})

const personRow = z.strictObject({
  personId: z.string().nullable().meta({ description: 'Null for the rows that stand for several owners.' }),
  name: z.string().nullable(),
  email: z.string().nullable(),
  kind: z.enum(OWNER_KINDS).meta({
    description:
      '`member`: a person with a membership now. `former_member`: one who was removed everywhere. Each other kind has one row for all organizations and each currency.',
  }),
  currency,
  amount,
})

const departmentRow = z.strictObject({
  department: z
    .string()
    .nullable()
    .meta({ description: 'Null: the roster names none, or lists none of these people.' }),
  kind: z.enum(DEPARTMENT_ROW_KINDS),
  people: count.meta({ description: 'How many people caused the costs. 0 for other kinds.' }),
  currency,
  amount,
})

/** The costs of all organizations. The items of each currency add up to its total. */
export const companyCostsSchema = z.strictObject({
  from: day
    .nullable()
    .meta({ description: 'As asked for, or else the first day that counts. Null without any costs.' }),
  to: day.nullable(),
  groupBy: z.enum(COMPANY_COST_GROUPINGS),
  items: z.union([z.array(integrationRow), z.array(personRow), z.array(departmentRow)]),
  nextCursor,
  total: count.meta({ description: 'How many items there are, on all pages together.' }),
  totals: z.array(cost).meta({
    description:
      'In each currency that the organizations have costs in on any day. Currencies are never added to each other.',
  }),
  notRead: costsNotRead,
  oldestSyncedAt: instant.nullable().meta({ description: 'When the oldest of the costs that count was read.' }),
})

export type CompanyCostsQuery = z.output<typeof companyCostsQuery>
export type WireCompanyCosts = z.output<typeof companyCostsSchema>
export type WireIntegrationCost = z.output<typeof integrationRow>
export type WirePersonCost = z.output<typeof personRow>
export type WireDepartmentCost = z.output<typeof departmentRow>
export type WireCostsNotRead = z.output<typeof costsNotReadSchema>
