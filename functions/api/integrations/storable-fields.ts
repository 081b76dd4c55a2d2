import type { ApiDependencies } from '../api-dependencies.ts'
import { ValidationError } from '../http/api-errors.ts'

/** Throws `ValidationError` for an unknown schedule and for an expiry in the past. */
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

/** Converts a date-time with any offset to the stored form: ISO 8601 UTC with milliseconds. */
export function toInstant(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString()
}
