/** `banned` takes precedence over `disabled`. The default is `active`. */
export const ACCOUNT_STATUSES = ['active', 'disabled', 'banned'] as const
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number]

/** Service accounts are listed separately. They hold no seat and are not counted in licenses. */
export const PERSON_KINDS = ['person', 'service_account'] as const
export type PersonKind = (typeof PERSON_KINDS)[number]

export interface ProjectMembership {
  readonly id: string
  readonly name: string | null
  readonly role: string | null
}

/** A person or service account, as listed in the organization's directory. */
export interface DirectoryPerson {
  readonly userId: string
  readonly kind: PersonKind
  /** In the provider's spelling. Null when absent or empty. */
  readonly email: string | null
  readonly name: string | null
  readonly role: string | null
  readonly accountStatus: AccountStatus
  readonly scimManaged: boolean
  /** ISO 8601 UTC with milliseconds. Null if the provider does not report it. */
  readonly addedAt: string | null
  /** ISO 8601 UTC with milliseconds. Null if never used or not reported. */
  readonly apiKeyLastUsedAt: string | null
  /** Null if the provider does not report it. */
  readonly projects: readonly ProjectMembership[] | null
}

/** A person in a snapshot: listed, or removed at `removedAt` (ISO 8601 UTC with milliseconds). */
export interface SnapshotPerson extends DirectoryPerson {
  readonly removedAt: string | null
}
