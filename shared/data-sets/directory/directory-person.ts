/** `banned` wins over `disabled`; nothing said means `active`. */
export const ACCOUNT_STATUSES = ['active', 'disabled', 'banned'] as const
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number]

/** Service accounts are listed apart: they hold no seat and count in no license figure. */
export const PERSON_KINDS = ['person', 'service_account'] as const
export type PersonKind = (typeof PERSON_KINDS)[number]

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

/** Somebody in a snapshot: in the directory, or gone from it since `removedAt` (ISO 8601 UTC with milliseconds). */
export interface SnapshotPerson extends DirectoryPerson {
  readonly removedAt: string | null
}
