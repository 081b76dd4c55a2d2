import { hash } from 'node:crypto'
import type { Cost } from '../data-sets/costs/cost-views.ts'
import type { DirectoryUser } from '../data-sets/directory/directory-user.ts'
import type { OwnedKey } from '../data-sets/keys/owned-key.ts'
import type { ReviewChange, ReviewItemKind } from '../domain/review.ts'

/** Enough that no two of billions of items have the same id. */
const ID_LENGTH = 22

/** What the evidence of an item shows, and since when it is so. */
interface Reading {
  /** The sync whose reading it is, and when that was published. ISO 8601 UTC with milliseconds. */
  readonly syncId: string
  readonly syncedAt: string
  /** Since the last completed review of the population. Null if the integration was in none. */
  readonly change: ReviewChange | null
}

export interface MemberEvidence
  extends
    Reading,
    Pick<
      DirectoryUser,
      | 'email'
      | 'name'
      | 'role'
      | 'accountStatus'
      | 'seat'
      | 'license'
      | 'lastActiveOn'
      | 'lastActivitySource'
      | 'lastLoginOn'
      | 'requests'
      | 'cost'
      | 'addedAt'
    > {
  /** How many keys of theirs work. Null if the keys were not read. */
  readonly keys: number | null
  /** As the roster says, like the manager. Null without a roster, and for people who are not in it. */
  readonly department: string | null
  readonly manager: string | null
}

export interface KeyEvidence
  extends
    Reading,
    Pick<OwnedKey, 'kind' | 'name' | 'hint' | 'project' | 'createdAt' | 'lastUsedOn' | 'expiresAt' | 'status'> {
  readonly owner: Omit<NonNullable<OwnedKey['owner']>, 'removedAt'> | null
  /** In the window. Null if costs by key were not read. */
  readonly cost: Cost | null
}

interface ItemFields {
  /** The same in each review. */
  readonly id: string
  readonly integrationId: string
  /** When the review was created. */
  readonly integrationName: string
  /** The provider's id. */
  readonly provider: string
  readonly subject: { readonly id: string; readonly label: string }
}

/** One membership or one key, as a review froze it. It never changes. */
export type ReviewItem =
  | (ItemFields & { readonly kind: 'member'; readonly evidence: MemberEvidence })
  | (ItemFields & { readonly kind: 'key'; readonly evidence: KeyEvidence })

/** The id of a member or key of an integration, the same in each review. */
export function reviewItemId(integrationId: string, kind: ReviewItemKind, subjectId: string): string {
  return hash('sha256', JSON.stringify([integrationId, kind, subjectId]), 'base64url').slice(0, ID_LENGTH)
}

/** The address of the person whose access an item is. Null if none is known. */
export function addressOf(item: ReviewItem): string | null {
  return item.kind === 'member' ? item.evidence.email : (item.evidence.owner?.email ?? null)
}

/** The role in the organization. Keys have none. */
export function roleOf(item: ReviewItem): string | null {
  return item.kind === 'member' ? item.evidence.role : null
}
