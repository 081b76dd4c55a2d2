import * as z from 'zod'
import { type DaySeries, dimensionNames, recordOf } from '../data-sets/data-set.ts'
import { OWNER_KINDS } from '../data-sets/day-series/owner-kind.ts'
import type { usage } from '../data-sets/usage/usage.ts'
import { asOfSchema, csvFormat } from './data-contract.ts'
import { day, nextCursor } from './fields.ts'
import { measureFields } from './measure-fields.ts'

export function seriesQuery(series: DaySeries) {
  return z.strictObject({
    from: day.optional(),
    to: day.optional(),
    groupBy: groupings(series).default('day'),
    format: csvFormat,
  })
}

/** The organization's amounts by day, by a dimension or by user. The items add up to the total. */
export function seriesSchema<Series extends DaySeries>(series: Series) {
  const labelRows = dimensionNames(series).map((name) => z.array(labelRow(series, name)))
  return z.strictObject({
    asOf: asOfSchema.nullable(),
    from: day.nullable(),
    to: day.nullable(),
    groupBy: groupings(series),
    items: z.union([z.array(dayRow(series)), ...labelRows, z.array(userRow(series))]),
    nextCursor,
    total: z.strictObject(measureFields([series])),
  })
}

/** One user's days. */
export function userDaysSchema<Series extends DaySeries>(series: Series) {
  return z.strictObject({ items: z.array(dayRow(series)), nextCursor, asOf: asOfSchema.nullable() })
}

function groupings(series: DaySeries) {
  return z.enum(['day', ...dimensionNames(series), 'user'])
}

/** The rows of a day, by the plural of each dimension. */
type DayParts<Series extends DaySeries> = {
  readonly [Dimension in Series['dimensions'][number] as Dimension['plural']]: z.ZodArray<
    ReturnType<typeof labelRow<Series, Dimension['name']>>
  >
}

function dayRow<Series extends DaySeries>(series: Series) {
  const parts = Object.fromEntries(
    series.dimensions.map(({ name, plural }) => [plural, z.array(labelRow(series, name))]),
  )
  // The rows of a plural belong to its dimension, but the type of `Object.fromEntries` does not say so.
  return z.strictObject({ day, ...measureFields([series]), ...(parts as DayParts<Series>) })
}

function labelRow<Series extends DaySeries, Name extends string>(series: Series, name: Name) {
  return z.strictObject({ ...recordOf([name], () => z.string()), ...measureFields([series]) })
}

function userRow<Series extends DaySeries>(series: Series) {
  return z.strictObject({
    userId: z.string().nullable(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    kind: z.enum(OWNER_KINDS),
    ...measureFields([series]),
  })
}

export type WireUsage = z.output<ReturnType<typeof seriesSchema<typeof usage>>>
export type SeriesQuery = z.output<ReturnType<typeof seriesQuery>>
