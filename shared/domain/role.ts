/** Who reads, and who reads and writes. */
export type Role = 'viewer' | 'admin'

/** Somebody who calls the API, as their token says. */
export interface Caller {
  /** The token's subject. */
  readonly subject: string
  /** What the token calls them; null when it does not say. */
  readonly name: string | null
  readonly role: Role
}
