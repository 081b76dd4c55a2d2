import type { WireIntegration } from '../../../shared/contracts/integration-contract.ts'
import { formatDate, formatRelative } from '../format/format-time.ts'

/**
 * An integration's problem as a text. Undefined when there is none. Expiry dates are in the reader's zone, which the
 * API does not know.
 */
export function problemInWords(
  { problem, keyExpiresAt }: Pick<WireIntegration, 'problem' | 'keyExpiresAt'>,
  now: Date,
): string | undefined {
  if (problem === null) return undefined
  if (problem.code !== 'key_expiring' || keyExpiresAt === null) return problem.detail
  const when = `${formatDate(keyExpiresAt)} (${formatRelative(keyExpiresAt, now)})`
  return new Date(keyExpiresAt) > now
    ? `The key works until ${when}. Create a new key and set it before that, so that no sync is missed.`
    : `The key was to expire on ${when}. Create a new key and set it.`
}
