/** The provider-specific part of the directory's rules. */
export interface DirectoryRules {
  /** The roles that count as owner, in lower case. */
  readonly ownerRoles: readonly string[]
  /**
   * True for an id that is recognizable as a service account's, even if the directory does not list it. Its usage says
   * nothing about people.
   */
  isServiceAccountId(userId: string): boolean
}
