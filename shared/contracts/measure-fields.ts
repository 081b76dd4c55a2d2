import type * as z from 'zod'
import { type DaySeries, type Measure, totalMeasures } from '../data-sets/data-set.ts'
import { amount, count } from './fields.ts'

/** The schema of each measure's value. */
type MeasureFields<Series extends DaySeries> = {
  readonly [Each in Series['measures'][number] as Each['name']]: Each extends { readonly kind: 'money' }
    ? typeof amount
    : typeof count
}

/** The same for the measures that always add up. */
type TotalFields<Series extends DaySeries> = {
  readonly [
    Each in Series['measures'][number] as Each extends { readonly addsUpWithin: readonly string[] }
      ? never
      : Each['name']
  ]: Each extends { readonly kind: 'money' } ? typeof amount : typeof count
}

/** A field for each measure of a series. */
export function measureFields<Series extends DaySeries>({ measures }: Series): MeasureFields<Series> {
  // Each measure has the schema of its kind, but the compiler cannot derive that from the loop.
  return fieldsOf(measures) as MeasureFields<Series>
}

/** A field for each measure of some series that always adds up. */
export function totalFields<Series extends DaySeries>(all: readonly Series[]): TotalFields<Series> {
  // The same.
  return fieldsOf(all.flatMap((series) => totalMeasures(series))) as TotalFields<Series>
}

function fieldsOf(measures: readonly Measure[]): Record<string, z.ZodType> {
  return Object.fromEntries(measures.map(({ name, kind }) => [name, kind === 'money' ? amount : count]))
}
