import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'

/**
 * A value as canonical JSON: https://www.rfc-editor.org/rfc/rfc8785. Throws for what JSON has no form of, and for text that is not
 * well-formed Unicode.
 */
export function canonicalJson(value: object): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('The value has no form in JSON.')
  return text
}

/** The SHA-256 of a value’s canonical JSON in UTF-8, as 64 hexadecimal digits. */
export function canonicalHash(value: object): string {
  return hash('sha256', canonicalJson(value), 'hex')
}
