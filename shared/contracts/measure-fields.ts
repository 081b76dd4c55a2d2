import type * as z from 'zod'
import type { DaySeries } from '../data-sets/data-set.ts'
import { amount, count } from './fields.ts'

/** The schema of each measure's value. */
type MeasureFields<Series extends DaySeries> = {
  readonly [Each in Series['measures'][number] as Each['name']]: Each extends { readonly kind: 'money' }
    ? typeof amount
    : typeof count
}

/** A field for each measure of some series. */
export function measureFields<Series extends DaySeries>(all: readonly Series[]): MeasureFields<Series> {
  const fields: Record<string, z.ZodType> = {}
  for (const { name, kind } of all.flatMap(({ measures }) => measures)) fields[name] = kind === 'money' ? amount : count
  // Each measure has the schema of its kind, but the compiler cannot derive that from the loop.
  return fields as MeasureFields<Series>
}
