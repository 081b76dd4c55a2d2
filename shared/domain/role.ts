/** Who reads, and who reads and writes. */
export const ROLES = ['viewer', 'admin'] as const
export type Role = (typeof ROLES)[number]

/**
 * Where a token says something: a claim's name as it is (dots and slashes are part of it), or the names that lead to it
 * through nested objects, such as `['realm_access', 'roles']`.
 */
export type ClaimPath = string | readonly string[]

/** Somebody who calls the API, as their token says. */
export interface Caller {
  /** The token's subject. */
  readonly subject: string
  /** What the token calls them; null when it does not say. */
  readonly name: string | null
  readonly role: Role
}
