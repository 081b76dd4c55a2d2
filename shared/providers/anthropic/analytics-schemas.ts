import * as z from 'zod'
import { dayOf } from '../../domain/day.ts'
import type { CostItem } from '../../data-sets/costs/split-total.ts'
import { type AmountUnits, unitsOf } from '../../domain/amount.ts'
import { cursor } from '../http/cursor-list.ts'
import { count } from '../http/reply.ts'
import { id, instant } from './schemas.ts'

/*
 * The rows of Anthropic's analytics, as they are read. What a report is grouped by is required: without it, rows would be
 * attributed to nobody.
 */

/** What all rows have. */
const rowFields = { starting_at: instant }

const name = z
  .string()
  .nullable()
  .transform((written) => written?.trim() || null)

const KNOWN_ACTORS = ['user_actor', 'service_account_actor', 'api_actor']

/**
 * Whom usage is attributed to, as an id. Null for federated identities and kinds that are new, which have no id of this
 * organization. People who left have their ids.
 */
const actor = z
  .union([
    z.object({ type: z.literal('user_actor'), user_id: id }).transform(({ user_id }) => user_id),
    z
      .object({ type: z.literal('service_account_actor'), service_account_id: id })
      .transform(({ service_account_id }) => service_account_id),
    z.object({ type: z.literal('api_actor'), api_key_id: id }).transform(({ api_key_id }) => api_key_id),
    z.object({ type: z.string().refine((type) => !KNOWN_ACTORS.includes(type)) }).transform(() => null),
  ])
  .nullable()

/** https://docs.claude.com/en/api/admin-api/analytics/usage */
export const usageItemSchema = z.object({
  ...rowFields,
  group: z.object({ actor, model: name, product: name }),
  usage: z.object({
    requests: count.nullable(),
    uncached_input_tokens: count,
    cache_read_input_tokens: count,
    cache_creation: z.object({ ephemeral_5m_input_tokens: count, ephemeral_1h_input_tokens: count }),
    output_tokens: count,
  }),
})

export type UsageItemReply = z.output<typeof usageItemSchema>

/** The same report by key, of which only the days count. */
export const keyUseSchema = z.object({ ...rowFields, group: z.object({ api_key_id: z.string().nullable() }) })

/**
 * An amount in fractions of the currency's minor unit, such as cents, as ten-billionths of the main unit. Rounded once. Its reply
 * must be parsed with `numbersAsText`.
 */
const costSchema = z
  .object({ amount: z.string(), currency: z.string().trim().toUpperCase() })
  .transform(({ amount, currency }, context): Pick<CostItem, 'currency' | 'units'> => {
    const units = unitsOfMinor(amount, currency)
    if (units !== null) return { currency, units }
    context.addIssue({ code: 'custom', message: 'not an amount' })
    return z.NEVER
  })

function unitsOfMinor(amount: string, currency: string): AmountUnits | null {
  if (!/^[A-Z]{3}$/.test(currency)) return null
  const [, number = '', exponent = '0'] = /^([^e]+)(?:e([+-]?\d+))?$/i.exec(amount.trim()) ?? []
  return unitsOf(`${number}e${Number(exponent) - minorDigitsOf(currency)}`)
}

/** Making a format takes longer than all else about a row. */
const minorDigits = new Map<string, number>()

function minorDigitsOf(currency: string): number {
  const known = minorDigits.get(currency)
  if (known !== undefined) return known
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
  minorDigits.set(currency, maximumFractionDigits)
  return maximumFractionDigits
}

/** https://docs.claude.com/en/api/admin-api/analytics/cost */
export const totalCostSchema = z.object({ ...rowFields, cost: costSchema })

export const costItemSchema = z.object({
  ...rowFields,
  group: z.object({ actor, model: name, product: name, workspace_id: name, api_key_id: name }),
  cost: costSchema,
})

export type CostItemReply = z.output<typeof costItemSchema>

/** A page of rows, and how to ask for the next one. */
export function reportPageSchema<Row extends z.ZodType>(row: Row) {
  return z.object({ data: z.array(row), has_more: z.boolean(), next_page: cursor })
}

/** The day of a row. Null unless it begins with a day. */
export function dayOfRow({ starting_at: startingAt }: { readonly starting_at: string }): string | null {
  return startingAt.endsWith('T00:00:00.000Z') ? dayOf(new Date(startingAt)) : null
}
