import { ApiError } from '../simulation/api-error.ts'

/** A whole number from the query, or the default. Throws `ApiError` 400 when it is not a number or out of bounds. */
export function numberFrom(
  query: URLSearchParams,
  name: string,
  bounds: { readonly min: number; readonly max: number; readonly otherwise?: number },
): number {
  const text = query.get(name)
  if (text === null && bounds.otherwise !== undefined) return bounds.otherwise
  if (text === null) throw new ApiError(400, `Missing required parameter: '${name}'.`, 'missing_required_parameter')
  const value = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN
  if (value >= bounds.min && value <= bounds.max) return value
  const reason = `Expected a whole number between ${bounds.min} and ${bounds.max}, but got '${text}' instead.`
  throw new ApiError(400, `Invalid '${name}': ${reason}`, 'invalid_value')
}

/** Accepts `name[]=a&name[]=b`, `name=a&name=b` and `name=a,b`. */
export function listFrom(query: URLSearchParams, name: string): string[] {
  const values = [...query.getAll(`${name}[]`), ...query.getAll(name)].flatMap((value) => value.split(','))
  return [...new Set(values.filter((value) => value !== ''))]
}
