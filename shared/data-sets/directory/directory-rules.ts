/** The provider-specific part of the directory's rules. */
export interface DirectoryRules {
  /** The roles that count as owner, in lower case. */
  readonly ownerRoles: readonly string[]
  /**
   * Whose id it is to which usage is attributed, also if the directory does not list it. `key`: the provider named a key and
   * nobody else. An id that cannot be told apart is a person's.
   */
  ownerKindOfId(userId: string): 'person' | 'service_account' | 'key'
}
