import { useEffect, useRef, type RefObject } from 'react'
import { ApiProblemError } from '../api/api-error.ts'

/** The API's message about one field of a form, including messages about its `items`. Undefined when there is none. */
export function fieldError(error: Error | null, field: string, items: readonly string[] = []): string | undefined {
  if (!(error instanceof ApiProblemError)) return undefined
  if (field === 'name' && error.problem.code === 'name_taken') return error.message
  const found = error.fieldErrors.find((one) => one.field === field || one.field.startsWith(`${field}.`))
  if (found === undefined) return undefined
  const item = items[Number(found.field.slice(field.length + 1))]
  return found.field === field ? found.message : `${item ?? 'One of them'}: ${found.message}`
}

/** True when one of these fields already shows the error, so the form need not repeat it. */
export function isShownAtField(error: Error | null, fields: readonly string[]): boolean {
  return fields.some((field) => fieldError(error, field) !== undefined)
}

/** Focuses the first invalid field after the API has rejected a form. */
export function useFocusOnError(error: Error | null): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (error !== null) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [error])
  return form
}
