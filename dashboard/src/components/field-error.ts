import { ApiProblemError } from '../api/api-error.ts'

/** What the API said about one field of a form, and about which of its `items` as they were sent; undefined when it said nothing. */
export function fieldError(error: Error | null, field: string, items: readonly string[] = []): string | undefined {
  if (!(error instanceof ApiProblemError)) return undefined
  if (field === 'name' && error.problem.code === 'name_taken') return error.message
  const found = error.fieldErrors.find((one) => one.field === field || one.field.startsWith(`${field}.`))
  if (found === undefined) return undefined
  const item = items[Number(found.field.slice(field.length + 1))]
  return found.field === field ? found.message : `${item ?? 'One of them'}: ${found.message}`
}

/** True when one of these fields already shows the error, so that it need not be said twice. */
export function isShownAtField(error: Error | null, fields: readonly string[]): boolean {
  return fields.some((field) => fieldError(error, field) !== undefined)
}
