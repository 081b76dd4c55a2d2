import { ApiProblemError } from '../api/api-error.ts'

/** What the API said about one field of a form; undefined when it said nothing. */
export function fieldError(error: Error | null, field: string): string | undefined {
  if (!(error instanceof ApiProblemError)) return undefined
  if (field === 'name' && error.problem.code === 'name_taken') return error.message
  const found = error.fieldErrors.find((one) => one.field === field || one.field.startsWith(`${field}.`))
  return found === undefined ? undefined : `${found.field.includes('.') ? `${found.field}: ` : ''}${found.message}`
}

/** True when one of these fields already shows the error, so that it need not be said twice. */
export function isShownAtField(error: Error | null, fields: readonly string[]): boolean {
  return fields.some((field) => fieldError(error, field) !== undefined)
}
