import type { DirectoryUser } from '../data-sets/directory/directory-user.ts'
import type { Cost } from '../data-sets/costs/cost-views.ts'
import type { OwnedKey } from '../data-sets/keys/owned-key.ts'
import type { Amount } from '../domain/amount.ts'
import type { Day } from '../domain/day.ts'
import type { FindingType, Severity } from '../domain/finding.ts'
import type { OpenOutcome } from '../reviews/outcome.ts'

export const FINDING_STATES = ['open', 'accepted'] as const
export type FindingState = (typeof FINDING_STATES)[number]

export const SUBJECT_KINDS = ['key', 'member', 'integration'] as const

/** What a finding is about. */
export interface FindingSubject {
  readonly kind: (typeof SUBJECT_KINDS)[number]
  /** The provider's id of a key or member, or the id of the integration. */
  readonly id: string
  /** To show: a name or an address. If there is none, the id. */
  readonly label: string
}

/** What a finding follows from. */
export type Evidence =
  | { readonly type: 'integration_problem'; readonly code: string; readonly detail: string; readonly since: string }
  | { readonly type: 'key_expiring'; readonly expiresAt: string }
  | {
      readonly type: 'leaver_key'
      readonly key: OwnedKey
      readonly ownerRemovedAt: string | null
      readonly usedAfterRemoval: boolean
    }
  | { readonly type: 'external_owner'; readonly member: DirectoryUser; readonly companyDomains: readonly string[] }
  /** `endedOn`: the last day of employment. Null: the roster does not list them. */
  | {
      readonly type: 'not_in_roster'
      readonly member: DirectoryUser
      readonly endedOn: Day | null
      /** How many keys of theirs work in the organization. Null if its keys were not read. */
      readonly workingKeys: number | null
    }
  | {
      readonly type: 'removal_not_done'
      readonly reviewId: string
      readonly reviewName: string
      /** When the review was completed (ISO 8601 UTC). */
      readonly decidedAt: string
      /** From then to the last day of the reading that still has them. */
      readonly days: number
      readonly state: OpenOutcome['state']
      /** The member whose key it is. Null for members, and where that is not known. */
      readonly ownerId: string | null
      /** The member. Null for keys and service accounts. */
      readonly person: Pick<DirectoryUser, 'email'> | null
    }
  | { readonly type: 'ownerless_key'; readonly key: OwnedKey }
  | { readonly type: 'stale_key'; readonly key: OwnedKey; readonly from: Day }
  | { readonly type: 'eternal_key'; readonly key: OwnedKey; readonly ageDays: number }
  | {
      readonly type: 'idle_member'
      readonly member: DirectoryUser
      readonly from: Day
      readonly sources: readonly string[]
    }
  | {
      readonly type: 'spend_spike'
      readonly day: Day
      readonly amount: Amount
      readonly currency: string
      readonly median: Amount
      readonly baselineDays: number
      readonly preliminary: boolean
    }

/** Something that should be looked at. */
export interface Finding {
  readonly id: string
  readonly severity: Severity
  readonly integrationId: string
  readonly integrationName: string
  readonly subject: FindingSubject
  /** Null unless something dates it. */
  readonly since: Day | null
  /** Its type is that of the finding. */
  readonly evidence: Evidence
  readonly cost: Cost | null
  readonly action: { readonly text: string; readonly url: string | null }
}

/** Why a type could not be judged. `not_attributed`: the provider attributed no use to any person. */
export const UNJUDGED_STATES = ['not_permitted', 'unavailable', 'failed', 'never_read', 'not_attributed'] as const

/** The types of which nothing is known in an organization, because a data set was not read. */
export interface NotJudged {
  readonly integrationId: string
  readonly integrationName: string
  readonly dataSet: string
  readonly state: (typeof UNJUDGED_STATES)[number]
  readonly types: readonly FindingType[]
}
