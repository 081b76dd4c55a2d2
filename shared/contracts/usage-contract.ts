import * as z from 'zod'
import { OTHER_KIND_NAMES, UNITS } from '../data-sets/other-usage/kinds.ts'
import { otherUsage } from '../data-sets/other-usage/other-usage.ts'
import { usage } from '../data-sets/usage/usage.ts'
import { PROVIDERS } from '../providers/registry.ts'
import { asOfSchema } from './data-contract.ts'
import { count, nextCursor } from './fields.ts'
import { measureFields } from './measure-fields.ts'
import { dayRow, labelRow, seriesFields, seriesQuery, userRow } from './series-contract.ts'

/** The value of `kind` for all kinds together. */
export const ALL_KINDS = 'all'

const PRIMARY_KINDS = new Set(PROVIDERS.map(({ primaryKind }) => primaryKind))
const groupBy = z.enum(['day', 'model', 'user', 'kind'])

export const usageQuery = seriesQuery(usage).extend({
  groupBy: groupBy.default('day'),
  kind: z
    .enum([...PRIMARY_KINDS, ...OTHER_KIND_NAMES, ALL_KINDS])
    .optional()
    .meta({
      description:
        'The kind of usage. Default: the provider’s primary one, and `all` when grouped by kind. Of `all`, there are only requests, and `asOf` is the older reading of the two data sets.',
    }),
})

const [model] = usage.dimensions
const [ofKind, otherModel] = otherUsage.dimensions
const ofPrimaryKind = measureFields(usage)
const ofOtherKind = {
  requests: count,
  quantity: count.nullable().meta({
    description: 'Null for kinds without a unit. Over several days, bytes are those of the last day and not a sum.',
  }),
  unit: z.enum(UNITS).nullable(),
}
const ofAllKinds = { requests: count }

/** The organization's usage of a kind, or of all. Only the primary kind has tokens, and only the other ones have a quantity. */
export const usageSchema = z.strictObject({
  ...seriesFields(groupBy),
  items: z.union([
    z.array(dayRow(usage.dimensions, ofPrimaryKind)),
    z.array(labelRow(model, ofPrimaryKind)),
    z.array(userRow(ofPrimaryKind)),
    z.array(labelRow(ofKind, ofPrimaryKind)),
    z.array(dayRow([otherModel], ofOtherKind)),
    z.array(labelRow(otherModel, ofOtherKind)),
    z.array(userRow(ofOtherKind)),
    z.array(labelRow(ofKind, ofOtherKind)),
    z.array(dayRow(otherUsage.dimensions, ofAllKinds)),
    z.array(labelRow(otherModel, ofAllKinds)),
    z.array(userRow(ofAllKinds)),
    z.array(labelRow(ofKind, ofAllKinds)),
  ]),
  total: z.union([z.strictObject(ofPrimaryKind), z.strictObject(ofOtherKind), z.strictObject(ofAllKinds)]),
})

/** One user's days with usage of any kind. */
export const userUsageSchema = z.strictObject({
  items: z.array(
    dayRow(usage.dimensions, ofPrimaryKind).extend({ otherKinds: z.array(labelRow(ofKind, ofOtherKind)) }),
  ),
  nextCursor,
  asOf: asOfSchema.nullable(),
})

export type WireUsage = z.output<typeof usageSchema>
export type WireUserUsage = z.output<typeof userUsageSchema>
export type UsageQuery = z.output<typeof usageQuery>
