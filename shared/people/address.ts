import { normalizeDomain } from '../data-sets/directory/company-domains.ts'

/** Addresses that are compared as they are: ASCII without capitals, spaces, and a dot at the end of the domain. Most are. */
const COMPARED = /^[!-@[-~]*[!-\-/-@[-~]$/

/**
 * An email address in the form in which addresses are compared: trimmed, lower case, NFC, and its domain in ASCII. Null without one. What
 * has no `@` is compared as it is.
 */
export function toComparedAddress(email: string | null): string | null {
  if (email !== null && COMPARED.test(email)) return email
  const address = email?.trim().toLowerCase().normalize('NFC') ?? ''
  if (address === '') return null
  const at = address.lastIndexOf('@')
  return at === -1 ? address : `${address.slice(0, at + 1)}${normalizeDomain(address.slice(at + 1))}`
}
