import * as z from 'zod'
import { type DaySeries, type Dimension, dimensionNames } from '../data-sets/data-set.ts'
import { OWNER_KINDS } from '../data-sets/day-series/owner-kind.ts'
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
export function seriesSchema(series: DaySeries) {
  const fields = measureFields(series)
  return z.strictObject({
    ...seriesFields(groupings(series)),
    items: z.union(rowsOf(series.dimensions, fields)),
    total: z.strictObject(fields),
  })
}

/** What is in each answer about a series, beside its amounts. */
export function seriesFields<GroupBy extends z.ZodType>(groupBy: GroupBy) {
  return { asOf: asOfSchema.nullable(), from: day.nullable(), to: day.nullable(), groupBy, nextCursor }
}

/** The rows of each grouping. */
function rowsOf(dimensions: readonly Dimension[], fields: z.core.$ZodLooseShape) {
  const labelRows = dimensions.map((dimension) => z.array(labelRow(dimension, fields)))
  return [z.array(dayRow(dimensions, fields)), ...labelRows, z.array(userRow(fields))]
}

/** One user's days. */
export function userDaysSchema(series: DaySeries) {
  const item = dayRow(series.dimensions, measureFields(series))
  return z.strictObject({ items: z.array(item), nextCursor, asOf: asOfSchema.nullable() })
}

function groupings(series: DaySeries) {
  return z.enum(['day', ...dimensionNames(series), 'user'])
}

/** The rows of a day, by the plural of each dimension. */
type DayParts<Dimensions extends readonly Dimension[], Fields extends z.core.$ZodLooseShape> = {
  readonly [Each in Dimensions[number] as Each['plural']]: z.ZodArray<ReturnType<typeof labelRow<Each, Fields>>>
}

export function dayRow<const Dimensions extends readonly Dimension[], Fields extends z.core.$ZodLooseShape>(
  dimensions: Dimensions,
  fields: Fields,
) {
  const parts = Object.fromEntries(
    dimensions.map((dimension) => [dimension.plural, z.array(labelRow(dimension, fields))]),
  )
  // The rows of a plural belong to its dimension, but the type of `Object.fromEntries` does not say so.
  return z.strictObject({ day, ...fields, ...(parts as DayParts<Dimensions, Fields>) })
}

type LabelField<Label> = Label extends { readonly isOptional: true } ? z.ZodNullable<z.ZodString> : z.ZodString
type LabelFields<Label extends NamedLabel> = { readonly [Each in Label as Each['name']]: LabelField<Each> }
type NamedLabel = Pick<Dimension, 'name' | 'isOptional'>

export function labelRow<const Label extends NamedLabel, Fields extends z.core.$ZodLooseShape>(
  label: Label,
  fields: Fields,
) {
  const text = label.isOptional === true ? z.string().nullable() : z.string()
  // The field is as the label says, but the compiler cannot derive that from the condition.
  const field = { [label.name]: text } as LabelFields<Label>
  return z.strictObject({ ...field, ...fields })
}

export function userRow<Fields extends z.core.$ZodLooseShape>(fields: Fields) {
  return z.strictObject({
    userId: z.string().nullable(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    kind: z.enum(OWNER_KINDS),
    ...fields,
  })
}

export type SeriesQuery = z.output<ReturnType<typeof seriesQuery>>
