import * as z from 'zod'
import { COST_ATTRIBUTIONS } from '../data-sets/costs/cost-views.ts'
import { OWNER_KINDS } from '../data-sets/day-series/owner-kind.ts'
import { asOfSchema } from './data-contract.ts'
import { amount, currency, day, nextCursor } from './fields.ts'

export const COST_GROUPINGS = ['day', 'user', 'project', 'lineItem', 'key'] as const
export type CostGrouping = (typeof COST_GROUPINGS)[number]

export const costsQuery = z.strictObject({
  from: day.optional(),
  to: day.optional(),
  groupBy: z.enum(COST_GROUPINGS).default('day'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, { error: 'must be three capital letters' })
    .optional()
    .meta({ description: 'The currency of the answer. Default: the main one; as CSV, all.' }),
  format: z
    .enum(['json', 'csv', 'focus'])
    .optional()
    .meta({ description: '`focus`: a FOCUS 1.2 file (CSV), with a row for each project, line item and day.' }),
})

const id = z.string().nullable().meta({ description: 'Null: what the provider attributes to none.' })
const name = z.string().nullable()
const preliminary = z.boolean().meta({ description: 'True for the last two days: their costs are not complete yet.' })
const attribution = z.enum(COST_ATTRIBUTIONS).nullable().meta({
  description:
    'Whose word it is which people caused costs: the provider’s, or that of the keys and their owners if the provider does not report costs by user. Null if people are not known.',
})

const projectRow = z.strictObject({ projectId: id, name, amount })
const lineItemRow = z.strictObject({ lineItem: id, amount })

const dayRow = z.strictObject({
  day,
  amount,
  preliminary,
  projects: z.array(projectRow),
  lineItems: z.array(lineItemRow),
})

const keyRow = z.strictObject({
  keyId: id,
  name,
  owner: z
    .strictObject({ id: z.string(), name, email: z.string().nullable() })
    .nullable()
    .meta({ description: 'Null if none is known.' }),
  project: z.strictObject({ id: z.string(), name }).nullable().meta({ description: 'Null if none is known.' }),
  amount,
})

const userRow = z.strictObject({
  userId: z.string().nullable(),
  name,
  email: z.string().nullable(),
  kind: z.enum(OWNER_KINDS),
  amount,
})

/** The organization's costs. The items add up to the total. */
export const costsSchema = z.strictObject({
  asOf: asOfSchema,
  from: day,
  to: day,
  groupBy: z.enum(COST_GROUPINGS),
  attribution,
  currency: currency
    .nullable()
    .meta({ description: 'Unless asked for, the one with costs on the most days. Null without any costs.' }),
  items: z.union([z.array(dayRow), z.array(userRow), z.array(projectRow), z.array(lineItemRow), z.array(keyRow)]),
  nextCursor,
  total: amount,
  otherCurrencies: z
    .array(z.strictObject({ currency, total: amount }))
    .meta({ description: 'Totals in other currencies. The items have none of them.' }),
})

/** One user's days with costs, oldest first. */
export const userCostsSchema = z.strictObject({
  asOf: asOfSchema,
  attribution,
  currency: currency.nullable(),
  items: z.array(z.strictObject({ day, amount, preliminary })),
  nextCursor,
})

export type CostsQuery = z.output<typeof costsQuery>
export type WireCosts = z.output<typeof costsSchema>
export type WireUserCosts = z.output<typeof userCostsSchema>
