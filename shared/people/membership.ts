import {
  type DirectoryUser,
  type Entitlement,
  statusOf,
  type UserDerivation,
  type UserStatus,
} from '../data-sets/directory/directory-user.ts'
import type { Cost } from '../data-sets/costs/cost-views.ts'
import { valueAt } from '../data-sets/day-series/day-rows.ts'
import type { SnapshotPerson } from '../data-sets/directory/directory-person.ts'
import type { Day } from '../domain/day.ts'

/** The organization of a membership, and its integration. */
export interface PersonOrganization {
  readonly integrationId: string
  readonly integrationName: string
  /** The provider's id. */
  readonly provider: string
  /** The last day of the directory's reading. Ages count from it. */
  readonly to: Day
  readonly derivation: UserDerivation
  /** How many keys of a user work. Null if the keys were not read. */
  workingKeysOf(userId: string): number | null
}

/** Somebody as a member of one organization. A list reads little of everybody, so the rest is derived when it is asked for. */
export class Membership {
  readonly organization: PersonOrganization
  readonly person: SnapshotPerson
  /** Of the person among those of the organization. */
  readonly place: number

  constructor(organization: PersonOrganization, person: SnapshotPerson, place: number) {
    this.organization = organization
    this.person = person
    this.place = place
  }

  get accountStatus(): UserStatus {
    return statusOf(this.person)
  }

  /** The last day on which the member used the organization. */
  get lastActiveOn(): Day | null {
    return this.organization.derivation.entitlementAt(this.place).lastActivity?.on ?? null
  }

  /** Derived for all members of the organization at once. */
  get entitlement(): Entitlement {
    return valueAt(this.organization.derivation.entitlements, this.place)
  }

  get user(): DirectoryUser {
    return this.organization.derivation.userAt(this.place)
  }

  /** In the main currency of the organization. */
  get cost(): Cost | null {
    return this.organization.derivation.costAt(this.place)
  }

  /** In all currencies. */
  get costs(): Cost[] {
    return this.organization.derivation.costsAt(this.place)
  }

  get requests(): number {
    return this.organization.derivation.requestsAt(this.place)
  }

  get workingKeys(): number | null {
    return this.organization.workingKeysOf(this.person.userId)
  }

  /** True for an address outside the company domains of the organization. Without known domains, none is. */
  get isOutside(): boolean {
    return this.organization.derivation.isWithinCompany(this.person.email) === false
  }
}
