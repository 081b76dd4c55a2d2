import type { ApiDependencies } from '../api-dependencies.ts'
import { ValidationError } from '../http/api-errors.ts'

/** Throws `ValidationError` for a schedule that the deployment does not have, and for an expiry that is past. */
export function requireStorable(
  deps: Pick<ApiDependencies, 'schedules'>,
  fields: { readonly schedule?: string | null | undefined; readonly keyExpiresAt?: string | null | undefined },
  now: Date,
): void {
  const { schedule, keyExpiresAt } = fields
  if (schedule != null && !deps.schedules.some(({ name }) => name === schedule)) {
    throw new ValidationError([{ field: 'schedule', message: 'is not the name of a schedule' }])
  }
  if (keyExpiresAt != null && Date.parse(keyExpiresAt) <= now.getTime()) {
    throw new ValidationError([{ field: 'keyExpiresAt', message: 'must be in the future' }])
  }
}

/** A date-time with any offset, as it is stored: ISO 8601 UTC with milliseconds. */
export function toInstant(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString()
}
