/** What a directory's rules need to know of its provider. */
export interface DirectoryRules {
  /** Roles that count as owner, in lower case. */
  readonly ownerRoles: readonly string[]
  /**
   * True for an id that says by itself that it is a service account's: one that the directory does not list, and whose usage
   * says nothing about people.
   */
  isServiceAccountId(userId: string): boolean
}
