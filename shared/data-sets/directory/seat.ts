import type { CompanyTest } from './company-domains.ts'
import type { DirectoryRules } from './directory-rules.ts'
import type { SnapshotPerson } from './directory-person.ts'

export const SEAT_TYPES = ['member', 'guest'] as const
export type SeatType = (typeof SEAT_TYPES)[number]

export const SEAT_REASONS = ['owner', 'scim', 'company_domain', 'external_domain', 'default'] as const
type SeatReason = (typeof SEAT_REASONS)[number]

/** The seat that a person holds, and the reason. Rollcall derives it: providers have no such field. */
export interface Seat {
  readonly type: SeatType
  readonly reason: SeatReason
}

/** True for a role that counts as owner, in any case. */
export function isOwner({ role }: Pick<SnapshotPerson, 'role'>, { ownerRoles }: DirectoryRules): boolean {
  return role !== null && ownerRoles.includes(role.toLowerCase())
}

/**
 * The seat of a person. The first match decides. Null for service accounts and for banned, disabled or removed people, who
 * hold none.
 */
export function seatOf(person: SnapshotPerson, isWithinCompany: CompanyTest, rules: DirectoryRules): Seat | null {
  if (person.kind !== 'person' || person.accountStatus !== 'active' || person.removedAt !== null) return null
  if (isOwner(person, rules)) return { type: 'member', reason: 'owner' }
  if (person.scimManaged) return { type: 'member', reason: 'scim' }
  switch (isWithinCompany(person.email)) {
    case null:
      return { type: 'member', reason: 'default' }
    case true:
      return { type: 'member', reason: 'company_domain' }
    case false:
      return { type: 'guest', reason: 'external_domain' }
  }
}
