/** Each may do what the one before may. A viewer reads; a reviewer also accepts findings and works on reviews; an admin also writes. */
export const ROLES = ['viewer', 'reviewer', 'admin'] as const
export type Role = (typeof ROLES)[number]

/**
 * The place of a value in a token: the literal name of a claim, in which dots and slashes have no meaning, or the path
 * to a nested one, such as `['realm_access', 'roles']`.
 */
export type ClaimPath = string | readonly string[]

/** The standard claim of an address: https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims */
export const EMAIL_CLAIM = 'email'

/** A caller of the API, as described by the token. */
export interface Caller {
  /** The token's subject. */
  readonly subject: string
  /** The name in the token. Null when there is none. */
  readonly name: string | null
  /** The address in the token, which decisions of reviews are recorded with. Null when there is none. */
  readonly email: string | null
  readonly role: Role
}
