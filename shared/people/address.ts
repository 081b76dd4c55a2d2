import { normalizeDomain } from '../data-sets/directory/company-domains.ts'

/**
 * An email address in the form in which addresses are compared: trimmed, lower case, NFC, and its domain in ASCII. Null without one. What
 * has no `@` is compared as it is.
 */
export function toComparedAddress(email: string | null): string | null {
  const address = email?.trim().toLowerCase().normalize('NFC') ?? ''
  if (address === '') return null
  const at = address.lastIndexOf('@')
  return at === -1 ? address : `${address.slice(0, at + 1)}${normalizeDomain(address.slice(at + 1))}`
}
