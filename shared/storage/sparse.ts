import * as z from 'zod'

/**
 * A record without what says nothing: null, 0, false and empty lists are left out, at every depth. An empty record stays, since
 * having it can say something. Each kilobyte of an item costs a unit whenever it is written. Schemas give the values back, with
 * the functions below.
 */
export function sparse(record: object): Record<string, unknown> {
  const told = Object.entries(record).filter(([, value]) => !isNothing(value))
  return Object.fromEntries(told.map(([name, value]): [string, unknown] => [name, inside(value)]))
}

function inside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inside)
  return typeof value === 'object' && value !== null ? sparse(value) : value
}

function isNothing(value: unknown): boolean {
  return value == null || value === 0 || value === false || (Array.isArray(value) && value.length === 0)
}

export function orNull<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullable().default(null)
}

export const orZero = z.number().default(0)
export const orFalse = z.boolean().default(false)

export function orEmpty<Schema extends z.ZodType>(schema: Schema) {
  return z.array(schema).default([])
}
