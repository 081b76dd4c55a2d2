/** `banned` wins over `disabled`; nothing said means `active`. */
export type AccountStatus = 'active' | 'disabled' | 'banned'

/** Service accounts are listed apart: they hold no seat and count in no license figure. */
export type PersonKind = 'person' | 'service_account'

export interface ProjectMembership {
  readonly id: string
  readonly name: string | null
  readonly role: string | null
}

/** Somebody as the organization's directory lists them. */
export interface DirectoryPerson {
  readonly userId: string
  readonly kind: PersonKind
  /** As the provider spells it; null when absent or empty. */
  readonly email: string | null
  readonly name: string | null
  readonly role: string | null
  readonly accountStatus: AccountStatus
  readonly scimManaged: boolean
  /** ISO 8601 UTC with milliseconds; null when the provider does not say. */
  readonly addedAt: string | null
  /** ISO 8601 UTC with milliseconds; null when never used or not said. */
  readonly apiKeyLastUsedAt: string | null
  /** Null when the provider does not say. */
  readonly projects: readonly ProjectMembership[] | null
}
